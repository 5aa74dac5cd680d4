/* Tells the server which time zone this device keeps, in a cookie and nothing else.
   A page that was made with another zone is asked for once more. */
(function () {
  "use strict";
  var zone;
  try { zone = Intl.DateTimeFormat().resolvedOptions().timeZone; } catch (e) { return; }
  if (!zone) return;
  var address = location.href;
  var pair = "tz=" + encodeURIComponent(zone);
  var known = document.cookie.split("; ").indexOf(pair) >= 0;
  if (known) return;
  document.cookie = pair + "; path=/; max-age=31536000; samesite=lax" + (location.protocol === "https:" ? "; secure" : "");
  var kept = document.cookie.split("; ").indexOf(pair) >= 0;
  var shown = document.documentElement.getAttribute("data-zone");
  if (!kept || !shown || shown === zone || /[?&]tz=./.test(location.search)) return;
  document.addEventListener("DOMContentLoaded", function () {
    if (window.htmx && document.getElementById("results")) {
      window.htmx.ajax("GET", location.pathname + location.search, { source: "#said", target: "#results", swap: "outerHTML" });
    } else {
      location.replace(address);
    }
  });
})();

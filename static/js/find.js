/* The finder, made better where there is script: location on a tap, tidy addresses, spoken answers. */
(function () {
  "use strict";
  var form = document.getElementById("find");
  var near = document.getElementById("near");
  var said = document.getElementById("said");
  var trouble = document.getElementById("trouble");
  if (!form) return;

  /* Empty fields do not belong in an address that people share. */
  form.addEventListener("formdata", function (event) {
    Array.from(event.formData.keys()).forEach(function (name) {
      var kept = event.formData.getAll(name).filter(function (value) { return value !== ""; });
      event.formData.delete(name);
      kept.forEach(function (value) { event.formData.append(name, value); });
    });
  });

  /* Where am I: asked only on a tap; three decimals are about a hundred metres. */
  var told = document.getElementById("here-said");
  function tell(words) { told.textContent = words; told.hidden = !words; }
  function here() {
    tell(told.dataset.waiting);
    navigator.geolocation.getCurrentPosition(function (found) {
      tell("");
      near.value = found.coords.latitude.toFixed(3) + "," + found.coords.longitude.toFixed(3);
      form.requestSubmit();
    }, function () {
      tell(told.dataset.refused);
      near.focus();
    }, { maximumAge: 300000, timeout: 15000 });
  }
  function offer() {
    document.querySelectorAll("[data-here]").forEach(function (button) { button.hidden = false; });
  }
  if (navigator.geolocation) {
    offer();
    document.addEventListener("click", function (event) {
      if (event.target.closest && event.target.closest("[data-here]")) here();
    });
  }

  /* htmx: what was open stays open, what happened is said, what failed falls back to a plain page. */
  var open = [], held = "";
  document.body.addEventListener("htmx:beforeRequest", function () { said.textContent = said.dataset.waiting || ""; });
  document.body.addEventListener("htmx:beforeSwap", function () {
    open = Array.from(document.querySelectorAll("#results details[open]")).map(function (each) { return each.id; });
    held = document.activeElement ? document.activeElement.id : "";
  });
  document.body.addEventListener("htmx:afterSwap", function (event) {
    open.forEach(function (id) {
      var details = id && document.getElementById(id);
      if (details) details.open = true;
    });
    /* What lay in a closed fold could not take the focus back before. */
    var holder = held && document.activeElement === document.body && document.getElementById(held);
    if (holder) holder.focus({ preventScroll: true });
    if (navigator.geolocation) offer();
    near.removeAttribute("aria-invalid");
    trouble.hidden = true;
  });
  /* A link that is gone after its own tap leaves the focus nowhere: it goes to what came of it. */
  document.body.addEventListener("htmx:afterSettle", function (event) {
    var tally = document.getElementById("tally"), asked = event.detail.requestConfig;
    if (asked && asked.triggeringEvent && document.activeElement === document.body && tally) tally.focus({ preventScroll: true });
  });
  document.body.addEventListener("htmx:responseError", function (event) {
    var info = event.detail.pathInfo;
    if (info) location.assign(info.finalRequestPath || info.requestPath);
  });
  function cut(event) {
    var info = event.detail.pathInfo;
    trouble.querySelector("a").href = (info && info.finalRequestPath) || location.href;
    trouble.hidden = false;
    said.textContent = "";
  }
  document.body.addEventListener("htmx:sendError", cut);
  document.body.addEventListener("htmx:timeout", cut);
})();

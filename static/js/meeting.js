/* A meeting's page: an address fit to be shared, the phone's own map where it takes such links, Back as people mean it. */
(function () {
  "use strict";
  if (/Android/.test(navigator.userAgent)) {
    document.querySelectorAll("[data-android]").forEach(function (link) { link.hidden = false; });
  }
  /* What was searched for came along in the address so that the page could say how far it is. It goes no further. */
  if (location.search && history.replaceState && !/\/join\/$/.test(location.pathname)) {
    history.replaceState(history.state, "", location.pathname + location.hash);
  }
})();

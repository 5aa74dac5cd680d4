/* The drawn map, made movable with Leaflet. Asks nobody for anything unless the site has its own tiles. */
(function () {
  "use strict";

  function element(tag, text, kind) {
    var made = document.createElement(tag);
    if (text) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  }

  function popup(group, query) {
    var box = element("div");
    group.forEach(function (pin) {
      box.append(element("strong", pin.place));
      pin.meetings.forEach(function (meeting) {
        var line = element("div");
        var link = element("a", meeting.name);
        link.href = meeting.url + query;
        line.append(link, " ", element("span", [meeting.time, meeting.when].filter(Boolean).join(", "), "soft"));
        box.append(line);
      });
    });
    return box;
  }

  /* Places that would lie on top of each other at this zoom share a pin; nearer, each has its own. */
  function together(map, pins) {
    var groups = [];
    pins.forEach(function (pin) {
      var spot = map.latLngToLayerPoint(pin.at);
      var near = groups.find(function (group) { return group.spot.distanceTo(spot) < 34; });
      if (near) near.pins.push(pin);
      else groups.push({ spot: spot, pins: [pin] });
    });
    return groups.map(function (group) { return group.pins; });
  }

  function mark(group, query) {
    var first = group[0], meetings = [].concat.apply([], group.map(function (pin) { return pin.meetings; }));
    var label = parseInt(first.label, 10) + (meetings.length > 1 ? "+" : "");
    var names = meetings.slice(0, 5).map(function (one) { return [one.name, one.time].filter(Boolean).join(", "); });
    var said = label + ". " + names.join("; ") + (meetings.length > 5 ? " …" : "");
    var now = group.some(function (pin) { return pin.now; });
    var marker = L.marker(first.at, {
      icon: L.divIcon({ className: now ? "pin pin-now" : "pin", html: element("span", label), iconSize: [36, 36] }),
      keyboard: true, title: said, alt: said, riseOnHover: true
    }).bindPopup(popup(group, query), { maxHeight: 220 });
    marker.on("add", function () {
      marker.getElement().setAttribute("role", "button");
      marker.getElement().setAttribute("aria-label", said);
    });
    return marker;
  }

  function marks(map, pins, query) {
    var layer = L.layerGroup().addTo(map);
    function draw() {
      layer.clearLayers();
      together(map, pins).forEach(function (group) { mark(group, query).addTo(layer); });
    }
    map.on("zoomend", draw);
    draw();
  }

  /* Paper with a grid: lines a round number of kilometres apart, drawn anew when the view moves. */
  function grid(map) {
    var lines = L.layerGroup().addTo(map);
    function draw() {
      lines.clearLayers();
      var view = map.getBounds().pad(0.5), span = view.getNorth() - view.getSouth();
      var rough = span / 8, power = Math.pow(10, Math.floor(Math.log(rough) / Math.LN10));
      var step = [1, 2, 5, 10].map(function (n) { return n * power; }).find(function (n) { return n >= rough; });
      var style = { className: "grid", interactive: false, weight: 2 };
      for (var lat = Math.ceil(view.getSouth() / step) * step; lat < view.getNorth(); lat += step) {
        L.polyline([[lat, view.getWest()], [lat, view.getEast()]], style).addTo(lines);
      }
      for (var lon = Math.ceil(view.getWest() / step) * step; lon < view.getEast(); lon += step) {
        L.polyline([[view.getSouth(), lon], [view.getNorth(), lon]], style).addTo(lines);
      }
    }
    map.on("moveend", draw);
    draw();
  }

  function towns(map, pins) {
    var seen = {};
    pins.forEach(function (pin) {
      if (!pin.town || seen[pin.town]) return;
      seen[pin.town] = true;
      L.marker(pin.at, { interactive: false, keyboard: false, zIndexOffset: -1000, icon: L.divIcon({ className: "town", html: element("span", pin.town), iconSize: [160, 20], iconAnchor: [80, 44] }) }).addTo(map);
    });
  }

  function fill(live, data) {
    var calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    var map = L.map(live, { zoomControl: false, zoomAnimation: !calm, fadeAnimation: !calm, markerZoomAnimation: !calm, inertia: !calm, maxZoom: 18, scrollWheelZoom: false });
    map.attributionControl.setPrefix(false);
    L.control.zoom({ position: "bottomright", zoomInText: "+", zoomInTitle: live.dataset.in, zoomOutText: "−", zoomOutTitle: live.dataset.out }).addTo(map);
    L.control.scale().addTo(map);
    var all = data.pins.map(function (pin) { return pin.at; }).concat(data.you ? [data.you] : []);
    map.fitBounds(L.latLngBounds(all), { padding: [48, 48], maxZoom: 15 });
    if (live.dataset.tiles) L.tileLayer(live.dataset.tiles, { attribution: live.dataset.credit, referrerPolicy: "no-referrer" }).addTo(map);
    else { grid(map); towns(map, data.pins); }
    marks(map, data.pins, live.dataset.query);
    if (data.you) {
      var label = element("span", live.dataset.you);
      L.marker(data.you, { interactive: false, keyboard: false, icon: L.divIcon({ className: "you", html: label, iconSize: [24, 24] }) }).addTo(map);
    }
  }

  function start() {
    var live = document.getElementById("map-live");
    if (!window.L || !live || live.dataset.done) return;
    live.dataset.done = "1";
    live.hidden = false;
    live.setAttribute("role", "group");
    live.setAttribute("aria-label", live.dataset.name);
    document.querySelector("#map .map-plain").remove();
    fill(live, JSON.parse(live.dataset.pins));
  }

  document.addEventListener("DOMContentLoaded", start);
  document.body.addEventListener("htmx:afterSettle", start);
})();

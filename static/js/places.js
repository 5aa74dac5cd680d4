/* Suggestions for "Where are you?": a combobox as WAI-ARIA describes it. Without script the field is just a field. */
(function () {
  "use strict";
  var input = document.querySelector("input[data-places]");
  if (!input || !window.fetch || !window.AbortController) return;
  var wrap = document.createElement("div");
  var list = document.createElement("ul");
  var voice = document.createElement("p");
  var wait = 0, asking = null, chosen = -1, last = "";

  wrap.className = "combo";
  list.id = "near-places";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.saidList);
  voice.className = "unseen";
  voice.setAttribute("role", "status");
  input.parentNode.insertBefore(wrap, input);
  wrap.append(input, list, voice);
  input.setAttribute("role", "combobox");
  input.setAttribute("autocomplete", "off");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  function close() {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(index) {
    var rows = list.children;
    if (chosen >= 0 && rows[chosen]) rows[chosen].setAttribute("aria-selected", "false");
    chosen = (index + rows.length) % rows.length;
    rows[chosen].setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", rows[chosen].id);
    rows[chosen].scrollIntoView({ block: "nearest" });
  }

  function take(row) {
    input.value = last = row.textContent;
    close();
    input.form.requestSubmit();
  }

  function show(places) {
    list.replaceChildren();
    places.forEach(function (place, index) {
      var row = document.createElement("li");
      row.id = "near-place-" + index;
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", "false");
      row.dir = "auto";
      row.textContent = place.label;
      list.append(row);
    });
    chosen = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = !places.length;
    input.setAttribute("aria-expanded", String(!!places.length));
    voice.textContent = !places.length ? "" : places.length === 1 ? input.dataset.saidOne
      : input.dataset.saidSome.replace("%s", places.length);
  }

  function ask() {
    var text = input.value.trim();
    if (text === last) return;
    last = text;
    if (asking) asking.abort();
    if (text.length < 2 || /^[-+\d.,\s]*$/.test(text) && !/^\d{3,5}$/.test(text)) { close(); return; }
    asking = new AbortController();
    fetch(input.dataset.places + "?q=" + encodeURIComponent(text), { signal: asking.signal, credentials: "omit" })
      .then(function (answer) { return answer.ok ? answer.json() : { places: [] }; })
      .then(function (found) { if (document.activeElement === input) show(found.places.slice(0, 7)); })
      .catch(function () { /* typing on, or no connection: the field works without */ });
  }

  input.addEventListener("input", function () { clearTimeout(wait); wait = setTimeout(ask, 180); });
  input.addEventListener("blur", close);
  input.form.addEventListener("submit", function () { clearTimeout(wait); if (asking) asking.abort(); close(); });
  list.addEventListener("mousedown", function (event) { event.preventDefault(); });
  list.addEventListener("click", function (event) { if (event.target !== list) take(event.target); });
  input.addEventListener("keydown", function (event) {
    if (list.hidden) return;
    if (event.key === "ArrowDown") { mark(chosen + 1); event.preventDefault(); }
    else if (event.key === "ArrowUp") { mark(chosen < 0 ? -1 : chosen - 1); event.preventDefault(); }
    else if (event.key === "Escape") { close(); event.preventDefault(); }
    else if (event.key === "Enter" && chosen >= 0) { take(list.children[chosen]); event.preventDefault(); }
  });
})();

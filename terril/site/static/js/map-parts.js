/* What a map is made of: outlines with names, points with their list. */
const L = window.L;

const CONE =
  '<svg viewBox="0 0 32 24" aria-hidden="true"><path d="M13 1h6l12 22H1z"/>' +
  '<path class="flank" d="M17 1h2l12 22h-9l-3-8 1-4z"/></svg>';

export const element = (tag, text, className = "") => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.textContent = text;
  return made;
};

const entry = ({ name, url, detail }) => {
  const item = document.createElement("li");
  const label = element(url ? "a" : "strong", name);
  if (url) label.href = url;
  item.append(label);
  if (detail) item.append(element("span", detail, "meta"));
  return item;
};

const popup = (features) => {
  const list = element("ul", "", "plain");
  list.append(...features.map((feature) => entry(feature.properties)));
  return list;
};

const marker = (features) => {
  const [longitude, latitude] = features[0].geometry.coordinates;
  const count = features.length > 1 ? `<span class="count">${features.length}</span>` : "";
  const names = features.map(({ properties }) => properties.name).join(", ");
  const icon = L.divIcon({
    className: "map-marker",
    html: CONE + count,
    iconSize: [30, 23],
    iconAnchor: [15, 20],
  });
  const made = L.marker([latitude, longitude], { icon });
  made.on("add", () => made.getElement().setAttribute("aria-label", names));
  made.bindTooltip(element("span", names), { className: "place-name" });
  made.on("popupopen", () => made.closeTooltip());
  return made.bindPopup(popup(features), { maxWidth: 300 });
};

/* Projects at one place share a marker. */
export const points = (data) => {
  const places = new Map();
  for (const feature of data.features) {
    if (feature.geometry?.type !== "Point") continue;
    const key = feature.geometry.coordinates.map((x) => x.toFixed(4)).join();
    places.set(key, [...(places.get(key) ?? []), feature]);
  }
  return L.featureGroup([...places.values()].map(marker));
};

const nameOf = (shape, permanent) => {
  shape.unbindTooltip();
  const { name, level = "commune" } = shape.feature.properties;
  shape.bindTooltip(element("span", name), {
    className: `place-name place-name-${level}${permanent ? " is-kept" : ""}`,
    direction: permanent ? "center" : "auto",
    offset: permanent ? [0, 13] : [0, 0],
    pane: permanent ? "names" : "tooltipPane",
    permanent,
    sticky: !permanent,
  });
};

/* Groups of communes are drawn last, so that their borders are whole. */
const rank = ({ properties }) => Number(properties.level === "epci");
const ordered = (data) => [...data.features].sort((a, b) => rank(a) - rank(b));

export const outlines = (data) =>
  L.geoJSON(ordered(data), {
    style: ({ properties }) => ({
      className: `outline outline-${properties.level || "commune"}`,
    }),
    onEachFeature: (_feature, shape) => nameOf(shape, false),
  });

export const showNames = (group, isShown) =>
  group.eachLayer((shape) => nameOf(shape, isShown));

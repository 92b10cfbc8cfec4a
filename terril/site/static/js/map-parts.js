/* The points of a map, each with the list of what is there. */
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

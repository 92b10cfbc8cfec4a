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

/* Markers nearer than this many pixels would cover each other: they become one. */
const GAP = 34;

const spot = ({ geometry }) => L.latLng(geometry.coordinates[1], geometry.coordinates[0]);

const together = (features, distance) => {
  const groups = [];
  for (const feature of features) {
    const near = groups.find(([first]) => distance(spot(first), spot(feature)) < GAP);
    if (near) near.push(feature);
    else groups.push([feature]);
  }
  return groups;
};

/* Projects that stand close together share a marker, until one looks closer. */
export const points = (data) => {
  const located = data.features.filter(({ geometry }) => geometry?.type === "Point");
  const group = L.featureGroup(located.map((feature) => marker([feature])));
  group.on("add", ({ target: { _map: map } }) => {
    const distance = (one, other) => map.project(one).distanceTo(map.project(other));
    const draw = () => {
      group.clearLayers();
      for (const near of together(located, distance)) group.addLayer(marker(near));
    };
    map.on("zoomend", draw);
    draw();
  });
  return group;
};

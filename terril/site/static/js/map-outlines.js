/* The outlines of a map, and their names on demand. */
import { element } from "./map-parts.js";

const L = window.L;

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

/* Draws a map from GeoJSON; the list beside it says the same without it. */
import { outlines, showNames } from "./map-outlines.js";
import { points } from "./map-parts.js";

const L = window.L;
// From this zoom on, names of communes have room enough.
const NEAR = 11.75;
const ARTOIS = [50.43, 2.75];

const fetched = async (url) => {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
};

const started = (canvas) => {
  const map = L.map(canvas, { scrollWheelZoom: false, zoomSnap: 0.25 });
  const words = canvas.dataset;
  map.zoomControl.remove();
  L.control
    .zoom({ zoomInTitle: words.zoomIn ?? "+", zoomOutTitle: words.zoomOut ?? "−" })
    .addTo(map);
  map.attributionControl.setPrefix(false);
  if (words.attribution) map.attributionControl.addAttribution(words.attribution);
  if (words.tiles) L.tileLayer(words.tiles).addTo(map);
  map.createPane("names").style.zIndex = 450;
  const near = () => canvas.classList.toggle("is-near", map.getZoom() >= NEAR);
  map.on("zoomend", near);
  return map.setView(ARTOIS, 10);
};

const bindNames = (canvas, group) => {
  const button = canvas.parentElement.querySelector("[data-map-names]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const isShown = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(isShown));
    showNames(group, isShown);
  });
};

const draw = async (canvas) => {
  const map = started(canvas);
  const { outlines: shapes, source } = canvas.dataset;
  const [below, above] = await Promise.all([
    shapes && fetched(shapes),
    source && fetched(source),
  ]);
  const around = below ? outlines(below).addTo(map) : undefined;
  const marked = above ? points(above).addTo(map) : undefined;
  if (around) bindNames(canvas, around);
  const bounds = (around ?? marked)?.getBounds();
  if (bounds?.isValid()) map.fitBounds(bounds, { padding: [12, 12], maxZoom: 13 });
  canvas.dispatchEvent(new CustomEvent("drawn", { detail: map, bubbles: true }));
};

if (L) document.querySelectorAll("[data-map]").forEach(draw);

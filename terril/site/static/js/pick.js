/* Points at a place on the map and writes it in two fields, which also move it. */
import { element } from "./map-parts.js";

const L = window.L;

const field = (name) => document.getElementById(name);

document.addEventListener("drawn", (event) => {
  const canvas = event.target;
  if (!canvas.dataset.pickLatitude) return;
  const map = event.detail;
  const latitude = field(canvas.dataset.pickLatitude);
  const longitude = field(canvas.dataset.pickLongitude);
  const icon = L.divIcon({ className: "map-pin", iconSize: [26, 26], iconAnchor: [13, 13] });
  let pin;

  const put = (place) => {
    pin ??= L.marker(place, { icon, draggable: true, keyboard: false })
      .addTo(map)
      .bindTooltip(element("span", canvas.dataset.pickLabel ?? ""))
      .on("dragend", () => write(pin.getLatLng()));
    pin.setLatLng(place);
  };

  const write = (place) => {
    latitude.value = place.lat.toFixed(5);
    longitude.value = place.lng.toFixed(5);
    latitude.dispatchEvent(new Event("input", { bubbles: true }));
    longitude.dispatchEvent(new Event("change", { bubbles: true }));
    put(place);
  };

  const read = () => {
    const [lat, lng] = [latitude, longitude].map((one) =>
      Number.parseFloat(one.value.replace(",", ".")),
    );
    if (Number.isFinite(lat) && Number.isFinite(lng)) put(L.latLng(lat, lng));
  };

  map.on("click", ({ latlng }) => write(latlng));
  latitude.addEventListener("change", read);
  longitude.addEventListener("change", read);
  read();
});

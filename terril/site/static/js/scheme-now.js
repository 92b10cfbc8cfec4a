/* Runs before the first paint: takes the scheme the reader chose last time. */
try {
  const kept = localStorage.getItem("scheme");
  if (kept) document.documentElement.dataset.scheme = kept;
} catch {
  /* storage refused: the system's scheme holds */
}

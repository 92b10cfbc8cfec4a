/* Keeps in this browser tab what is typed and not saved yet, until it is. */
const PREFIX = "typed:";

export const keep = (address, seen, values) => {
  try {
    sessionStorage.setItem(PREFIX + address, JSON.stringify({ seen, values }));
  } catch {
    // Full, or forbidden: the text is still on the page.
  }
};

export const kept = (address) => {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + address));
  } catch {
    return null;
  }
};

export const release = (address) => {
  try {
    sessionStorage.removeItem(PREFIX + address);
  } catch {
    // Forbidden: nothing was kept.
  }
};

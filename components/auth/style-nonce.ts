/**
 * Radix locks the page's scroll behind a dialog with a style element of its own. It carries the page's nonce only if
 * this name holds it, which webpack would set; the browser shows a nonce to scripts, never to markup.
 */
if (typeof document !== "undefined") {
  const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce;
  Object.assign(globalThis, { __webpack_nonce__: nonce });
}

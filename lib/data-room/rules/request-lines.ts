/** A pasted list as requests: one a line, without the bullet or number that it came with. Pure. */
export function requestLines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/^\s*(?:[-*•–]|\(?\d+(?:\.\d+)*[.)]?|\(?[a-z][.)])\s+/i, "").trim())
    .filter((line) => line.length > 1)
    .map((line) => line.slice(0, 500));
}

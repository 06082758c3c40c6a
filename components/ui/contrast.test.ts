import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

type Oklch = [lightness: number, chroma: number, hue: number];

const css = readFileSync(path.join(import.meta.dirname, "../../app/globals.css"), "utf8");
const pairs = [...css.matchAll(/--([a-z0-9-]+): light-dark\(oklch\(([^)]+)\), oklch\(([^)]+)\)\)/g)];
const parse = (text = ""): Oklch => text.trim().split(/\s+/).map(Number) as Oklch;
const light = new Map(pairs.map(([, name = "", value]) => [name, parse(value)]));
const dark = new Map(pairs.map(([, name = "", , value]) => [name, parse(value)]));

/** Relative luminance (WCAG 2.2) of an OKLCH colour, through linear sRGB (Ottosson, "A perceptual color space", 2020). */
function luminance([lightness, chroma, hue]: Oklch): number {
  const angle = (hue * Math.PI) / 180;
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((channel) => Math.min(1, Math.max(0, channel)));
  const [red = 0, green = 0, blue = 0] = linear;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(theme: Map<string, Oklch>, one: string, other: string): number {
  const [first, second] = [theme.get(one), theme.get(other)];
  if (!first || !second) throw new Error(`No token ${one} or ${other}`);
  const [low = 0, high = 0] = [luminance(first), luminance(second)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

describe.each([
  ["light", light],
  ["dark", dark],
])("%s", (_name, theme) => {
  test.each(["ink", "muted", "accent", "critical-text"])("%s reads at 7:1 on every surface", (text) => {
    for (const surface of ["paper", "raised", "wash"]) expect(contrast(theme, text, surface)).toBeGreaterThanOrEqual(7);
  });

  test("what stands on the accent reads at 7:1, and ink on a selection", () => {
    expect(contrast(theme, "on-accent", "accent")).toBeGreaterThanOrEqual(7);
    expect(contrast(theme, "ink", "selected")).toBeGreaterThanOrEqual(7);
  });

  test.each([
    "critical",
    "warning",
    "healthy",
    "excellent",
    "unknown",
    "edge",
    "accent",
    "series-1",
    "series-2",
    "series-4",
    "series-5",
  ])("%s marks at 3:1", (mark) => {
    for (const surface of ["paper", "raised", "wash"]) expect(contrast(theme, mark, surface)).toBeGreaterThanOrEqual(3);
  });
});

test("every token has a light and a dark colour", () => {
  expect(light.size).toBeGreaterThan(20);
  expect([...dark.keys()]).toEqual([...light.keys()]);
});

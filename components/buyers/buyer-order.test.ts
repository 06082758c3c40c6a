import { expect, test } from "vitest";
import { nextCard } from "@/components/ui/stage-board";
import type { BuyerLine } from "@/lib/buyers/queries";
import { inBuyerOrder, isShown } from "./buyer-order";

const view = (value: string | null) => ({ id: "", revision: 0, value, unit: "score", label: "", asOf: "" });
const buyer = (name: string, more: Partial<BuyerLine> = {}): BuyerLine =>
  ({
    ...{ name, tier: "short", kind: "strategic", stage: "identified", country: "DE", sectors: ["Robots"], reason: "" },
    ...{ nextStep: "", owner: null, claims: [], factsAsOf: "2026-01-01" },
    ...{ score: view("50"), certainty: view("0.5"), capacity: view(null) },
    ...more,
  }) as BuyerLine;
const claim = { claim: "Sells to warehouses", source: "Trade press" };
const all = [
  buyer("Nördwerk", { claims: [claim as BuyerLine["claims"][number]], score: view("80") }),
  buyer("Kapital", { tier: "out", kind: "financial", score: view(null) }),
  buyer("Ostra", { stage: "ioi", factsAsOf: "2026-06-01" }),
];
const shown = (text: string, tier = "", kind = "") =>
  all.filter((one) => isShown(one, { text, tier, kind })).map(({ name }) => name);

test("every word is looked for, whatever its accents, also in what is claimed", () => {
  expect(shown("nordwerk WAREHOUSES")).toEqual(["Nördwerk"]);
  expect(shown("robots")).toHaveLength(3);
  expect(shown("", "listed")).toEqual(["Nördwerk", "Ostra"]);
  expect(shown("", "out")).toEqual(["Kapital"]);
  expect(shown("", "", "financial")).toEqual(["Kapital"]);
});

test("a column sorts either way, the unknown last", () => {
  const names = (by: Parameters<typeof inBuyerOrder>[1]["by"], descending: boolean) =>
    inBuyerOrder(all, { by, descending }).map(({ name }) => name);
  expect(names("fit", true)).toEqual(["Nördwerk", "Ostra", "Kapital"]);
  expect(names("fit", false)).toEqual(["Ostra", "Nördwerk", "Kapital"]);
  expect(names("stage", true)[0]).toBe("Ostra");
  expect(names(null, false)).toEqual(["Nördwerk", "Kapital", "Ostra"]);
});

test("arrows go over the board and stop at its edges", () => {
  const columns = [["a", "b"], [], ["c"]];
  const go = (from: string, key: string) => nextCard(columns, from, key);
  expect([go("a", "ArrowDown"), go("b", "ArrowDown"), go("b", "ArrowUp")]).toEqual(["b", null, "a"]);
  expect([go("b", "ArrowRight"), go("c", "ArrowLeft"), go("c", "ArrowRight")]).toEqual(["c", "a", null]);
  expect(go("a", "Enter")).toBeNull();
});

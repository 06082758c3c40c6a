import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { capTable } from "@/lib/cap-table/rules/positions";
import { capTableView } from "@/lib/cap-table/rules/view";
import type { OcfObject } from "@/lib/cap-table/schema";
import { ClassTable } from "./class-table";
import { HolderTable } from "./holder-table";
import { ProblemList } from "./problem-list";

const payloads = [
  { object_type: "STAKEHOLDER", id: "ann", name: { legal_name: "Ann Amber" } },
  { object_type: "STAKEHOLDER", id: "fund", name: { legal_name: "Brook Fund" } },
  { object_type: "STOCK_CLASS", id: "com", name: "Common", class_type: "COMMON", seniority: "1" },
  { object_type: "STOCK_CLASS", id: "a", name: "Series A", class_type: "PREFERRED", seniority: "2" },
  { object_type: "STOCK_CLASS", id: "b", name: "Series B", class_type: "PREFERRED", seniority: "3" },
  ...[
    ["s1", "ann", "com", "8000000"],
    ["s2", "fund", "a", "1250000.5"],
    ["s3", "fund", "b", "10"],
  ].map(([security_id, stakeholder_id, stock_class_id, quantity]) => ({
    object_type: "TX_STOCK_ISSUANCE",
    id: `i-${security_id}`,
    date: "2024-02-29",
    security_id,
    stakeholder_id,
    stock_class_id,
    quantity,
  })),
  { object_type: "TX_STOCK_RETRACTION", id: "r", date: "2024-03-01", security_id: "nowhere" },
];
const objects = payloads.map(
  (payload, position): OcfObject => ({
    position,
    objectType: payload.object_type,
    externalId: payload.id,
    date: "date" in payload ? (payload.date ?? null) : null,
    fileName: "All.ocf.json",
    itemIndex: position,
    payload,
  }),
);
const view = capTableView({ issuerName: "Brook Ltd", importId: "x" }, capTable(objects, null), new Map());
const rowsOf = (markup: string) =>
  markup
    .split("<tr")
    .slice(1)
    .map((row) =>
      row
        .replace(/^[^>]*>/, "")
        .replace(/<[^>]+>/g, "|")
        .split("|")
        .filter(Boolean)
        .join(" | "),
    );

test("holders down, classes across, a sum below", () => {
  const rows = rowsOf(renderToStaticMarkup(<HolderTable ventureId="v" view={view} />));
  expect(rows[0]).toBe("Holder | Common | Series A | Series B");
  expect(rows.slice(1).map((row) => row.replace(/[^\x20-\x7e]/g, ","))).toEqual([
    "Ann Amber | 8,000,000",
    "Brook Fund | 1,250,000.5 | 10",
    "All | 8,000,000 | 1,250,000.5 | 10",
  ]);
});

test("classes in the order in which they are paid, with what is still open", () => {
  const rows = rowsOf(renderToStaticMarkup(<ClassTable ventureId="v" view={view} />));
  expect(rows.slice(1).map((row) => row.split(" | ").slice(0, 2).join(" "))).toEqual([
    "Series B 1",
    "Series A 2",
    "Common last",
  ]);
  expect(rows[1]).toContain("3 to answer");
});

test("what contradicts itself is named with its place", () => {
  expect(renderToStaticMarkup(<ProblemList problems={view.problems} />)).toContain("All.ocf.json#items[8].security_id");
});

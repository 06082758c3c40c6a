import { makeFigure } from "@/lib/figures/rules";
import type { Figure, FigureSource, Unit } from "@/lib/figures/schema";
import { Exact } from "@/lib/money";
import type { Engagement } from "./engagement";
import { roomDataset } from "./room-figures";

export type EngagementScope = {
  roomId: string;
  ventureId: string;
  version: number;
  day: string;
  group: { id: string; name: string } | null;
};

const MEASURES: readonly {
  key: string;
  label: string;
  unit: Unit;
  formula: string;
  of: (one: Engagement) => number;
}[] = [
  {
    key: "people",
    label: "People who came",
    unit: "count",
    formula: "different guests with any activity",
    of: (one) => one.people,
  },
  {
    key: "documents",
    label: "Documents read",
    unit: "count",
    formula: "different documents opened, downloaded or read",
    of: (one) => one.documents,
  },
  { key: "opens", label: "Opens", unit: "count", formula: "renditions opened", of: (one) => one.opens },
  { key: "downloads", label: "Downloads", unit: "count", formula: "files downloaded", of: (one) => one.downloads },
  {
    key: "minutes",
    label: "Minutes reading",
    unit: "text",
    formula: "Σ seconds that a page was in view, as guests' browsers told ÷ 60",
    of: (one) => one.seconds / 60,
  },
];

/** What a group did up to a day, as figures by measure. */
export function engagementFigures(
  { roomId, ventureId, version, day, group }: EngagementScope,
  engagement: Engagement,
  rows: number,
): [string, Figure][] {
  const sources: FigureSource[] = [
    {
      kind: "dataset",
      ventureId,
      dataset: roomDataset(roomId),
      version,
      rows,
      filter: { roomId, group: group?.id ?? null },
    },
  ];
  return MEASURES.map(({ key, label, unit, formula, of }) => [
    `${group?.id ?? "all"}:${key}`,
    makeFigure({
      ...{ label: group ? `${label}: ${group.name}` : label, unit, formula, sources, asOf: day },
      value: new Exact(of(engagement)).toDecimalPlaces(1).toFixed(),
      method: "data-room.engagement@1",
      inputs: {
        room: { value: roomId },
        group: { value: group?.id ?? null, label: group?.name ?? "all" },
        of: { value: key },
        day: { value: day },
      },
    }),
  ]);
}

"use client";

import { useState } from "react";
import { FigureValue } from "@/components/figures/figure-value";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Level } from "@/components/ui/level";
import type { ItemLine, SectionLine } from "@/lib/data-room/queries";
import { OTHER_TITLE } from "@/lib/data-room/rules/index-template";
import type { FigureView } from "@/lib/figures/schema";
import { type Dragged, dropTarget } from "../documents/dragged";
import { STANDING_WORDS } from "../words";

/** What of the index is looked at: everything, what is unsorted, a section, an item. */
export type Focus =
  | { kind: "all" }
  | { kind: "unsorted" }
  | { kind: "removed" }
  | { kind: "section"; section: number }
  | { kind: "item"; item: ItemLine };

export function titleOf(focus: Focus, sections: readonly SectionLine[]): string {
  if (focus.kind === "all") return "All documents";
  if (focus.kind === "unsorted") return "Unsorted";
  if (focus.kind === "removed") return "Taken out";
  if (focus.kind === "item") return `${focus.item.section}.${focus.item.number} ${focus.item.title}`;
  return `${focus.section} ${sections.find(({ number }) => number === focus.section)?.title ?? ""}`;
}

type IndexTreeProps = {
  sections: readonly SectionLine[];
  views: Record<string, FigureView>;
  counts: { total: number; unsorted: number; removed: number };
  focus: Focus;
  onFocus: (focus: Focus) => void;
  /** Documents were dropped on an item, or on the unsorted ones; null where nothing may be moved. */
  onMove: ((documents: Dragged, itemId: string | null) => void) | null;
};

const ROW =
  "target flex w-full items-baseline justify-between gap-2 rounded-sm px-2 py-1 text-left text-sm hover:bg-wash aria-[current=true]:bg-selected data-over:bg-selected data-over:outline-2 data-over:outline-accent";

/** Sections with their completeness; the one that is open shows its items. */
export function IndexTree({ sections, views, counts, focus, onFocus, onMove }: IndexTreeProps) {
  const open = focus.kind === "section" ? focus.section : focus.kind === "item" ? focus.item.section : null;
  const [unfolded, setUnfolded] = useState(false);
  return (
    <nav aria-label="Index of the data room" className="content-start">
      <Button
        className="w-full justify-between lg:hidden"
        aria-expanded={unfolded}
        onClick={() => setUnfolded(!unfolded)}
      >
        <span className="min-w-0 truncate">{titleOf(focus, sections)}</span>
        <span aria-hidden="true">{unfolded ? "▴" : "▾"}</span>
      </Button>
      <div className={classNames("grid gap-0.5 lg:grid", unfolded ? "mt-2" : "max-lg:hidden")}>
        <Place
          label={`All documents (${counts.total})`}
          current={focus.kind === "all"}
          onPick={() => onFocus({ kind: "all" })}
        />
        {counts.unsorted > 0 ? (
          <Place
            label={`Unsorted (${counts.unsorted})`}
            current={focus.kind === "unsorted"}
            onPick={() => onFocus({ kind: "unsorted" })}
            onDrop={onMove && ((documents) => onMove(documents, null))}
          />
        ) : null}
        <ul className="grid gap-0.5">
          {sections.map((section) => (
            <SectionRow
              key={section.number}
              section={section}
              view={views[`section:${section.number}`]}
              open={open === section.number}
              {...{ focus, onFocus, onMove }}
            />
          ))}
        </ul>
        {counts.removed > 0 ? (
          <Place
            label={`Taken out (${counts.removed})`}
            current={focus.kind === "removed"}
            onPick={() => onFocus({ kind: "removed" })}
          />
        ) : null}
      </div>
    </nav>
  );
}

type Steering = Pick<IndexTreeProps, "focus" | "onFocus" | "onMove">;
type SectionRowProps = Steering & { section: SectionLine; view: FigureView | undefined; open: boolean };

/** What is dropped on a section goes to its other documents. */
function SectionRow({ section, view, open, focus, onFocus, onMove }: SectionRowProps) {
  const { number, title, items } = section;
  const other = items.find((item) => item.title === OTHER_TITLE);
  const looked = open && focus.kind === "section";
  return (
    <li>
      <div className="flex items-baseline justify-between gap-2">
        <button
          type="button"
          className={classNames(ROW, "min-w-0")}
          aria-expanded={open}
          aria-current={looked}
          onClick={() => onFocus(looked ? { kind: "all" } : { kind: "section", section: number })}
          {...dropTarget(onMove && other ? (documents) => onMove(documents, other.id) : null)}
        >
          <span>
            <span className="inline-block w-6 text-muted tabular-nums">{number}</span>
            {title}
          </span>
        </button>
        <span className="shrink-0 text-sm">
          {view?.value ? <FigureValue figure={view} /> : <span className="text-muted">if any</span>}
        </span>
      </div>
      {open ? <Items items={items} focus={focus} onFocus={onFocus} onMove={onMove} /> : null}
    </li>
  );
}

type PlaceProps = {
  label: string;
  current: boolean;
  onPick: () => void;
  onDrop?: ((documents: Dragged) => void) | null;
};
const Place = ({ label, current, onPick, onDrop = null }: PlaceProps) => (
  <button type="button" className={ROW} aria-current={current} onClick={onPick} {...dropTarget(onDrop)}>
    {label}
  </button>
);

type ItemsProps = Steering & { items: readonly ItemLine[] };
function Items({ items, focus, onFocus, onMove }: ItemsProps) {
  return (
    <ul className="mb-1 ml-6 border-l border-line pl-1">
      {items.map((item) => (
        <li key={item.id}>
          <button
            type="button"
            className={ROW}
            aria-current={focus.kind === "item" && focus.item.id === item.id}
            onClick={() => onFocus({ kind: "item", item })}
            {...dropTarget(onMove && ((documents) => onMove(documents, item.id)))}
          >
            <span>
              <span className="text-muted tabular-nums">
                {item.section}.{item.number}
              </span>{" "}
              {item.title}
            </span>
            <span className="shrink-0 text-xs">
              <Level {...STANDING_WORDS[item.standing]} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

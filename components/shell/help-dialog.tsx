"use client";

import { Dialog } from "@/components/ui/dialog";
import type { Place } from "./navigation";

type HelpDialogProps = { places: readonly Place[]; open: boolean; onOpenChange: (open: boolean) => void };
type Group = { name: string; keys: readonly (readonly [string, string])[] };

const groupsFor = (places: readonly Place[]): Group[] => [
  {
    name: "Everywhere",
    keys: [
      ["⌘K or /", "search, go, do"],
      ["?", "this list"],
      ...places.map((place) => [`g ${place.key}`, place.label] as const),
    ],
  },
  {
    name: "In a list",
    keys: [
      ["j  k", "next, previous"],
      ["Enter", "open"],
      ["u", "back up"],
    ],
  },
  {
    name: "On figures and charts",
    keys: [
      ["f", "formula, inputs and date of a figure"],
      ["Enter", "its whole proof"],
      ["t", "chart or table"],
      ["←  →", "read a chart point by point"],
    ],
  },
  {
    name: "On an alert",
    keys: [
      ["x", "choose"],
      ["a", "acknowledge it, or the chosen"],
      ["s", "put off"],
    ],
  },
  { name: "In the portfolio", keys: [["x", "tick for the comparison"]] },
  {
    name: "On a memo",
    keys: [
      ["a", "approve"],
      ["c", "approve with conditions"],
      ["r", "reject"],
      ["q", "ask a question"],
      ["d", "defer"],
      ["o", "have a colleague read it, or give the opinion you were asked for"],
      ["e", "evidence"],
    ],
  },
];

export function HelpDialog({ places, open, onOpenChange }: HelpDialogProps) {
  return (
    <Dialog title="Keys" open={open} onOpenChange={onOpenChange} wide>
      <div className="grid gap-x-10 gap-y-5 sm:grid-cols-2">
        {groupsFor(places).map((group) => (
          <section key={group.name} aria-label={group.name}>
            <h3 className="rubric mb-1">{group.name}</h3>
            <dl className="grid grid-cols-[6rem_1fr] gap-y-1">
              {group.keys.map(([keys, meaning]) => (
                <div key={keys} className="contents">
                  <dt className="font-medium whitespace-pre">{keys}</dt>
                  <dd className="text-muted">{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="mt-5 text-sm text-muted">No key does anything while you type.</p>
    </Dialog>
  );
}

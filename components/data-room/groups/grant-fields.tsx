"use client";

import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { ACCESS_LEVELS, type AccessLevel, type Grant } from "@/lib/data-room/schema/guests";

type Titled = { number: number; title: string; items: readonly { number: number; title: string }[] };
type GrantFieldsProps = { sections: readonly Titled[]; grants: readonly Grant[]; onChange: (grants: Grant[]) => void };

const LEVEL_WORDS: Readonly<Record<AccessLevel, string>> = {
  ...{ none: "hidden", view: "view", download: "view, download" },
};
const LEVELS = ACCESS_LEVELS.map((value) => ({ value, label: LEVEL_WORDS[value] }));
const SAME = { value: "", label: "as its section" };

function withLevel(grants: readonly Grant[], section: number, item: number | null, level: AccessLevel | ""): Grant[] {
  const rest = grants.filter((one) => one.section !== section || one.item !== item);
  return level === "" ? rest : [...rest, { section, item, level }];
}

const levelIn = (grants: readonly Grant[], section: number, item: number | null): AccessLevel | undefined =>
  grants.find((one) => one.section === section && one.item === item)?.level;

/** Nothing, view or download for each section; and for an item where it differs. */
export function GrantFields({ sections, grants, onChange }: GrantFieldsProps) {
  return (
    <fieldset className="grid gap-1">
      <legend className="text-sm font-medium">What they may see</legend>
      <p className="flex flex-wrap items-center gap-2 py-1 text-sm">
        All sections:
        {ACCESS_LEVELS.map((level) => (
          <Button
            key={level}
            onClick={() => onChange(sections.map((one) => ({ section: one.number, item: null, level })))}
          >
            {LEVEL_WORDS[level]}
          </Button>
        ))}
      </p>
      <ul className="max-h-96 divide-y divide-line overflow-y-auto border-y border-line">
        {sections.map(({ number, title, items }) => (
          <li key={number}>
            <details>
              <summary className="flex cursor-pointer items-center justify-between gap-3 py-1">
                <span>
                  {number} {title}
                  {grants.some((one) => one.section === number && one.item !== null) ? (
                    <span className="text-sm text-muted"> and items of it</span>
                  ) : null}
                </span>
                <Select
                  className="w-36 shrink-0"
                  aria-label={`Access to section ${number} ${title}`}
                  options={LEVELS}
                  value={levelIn(grants, number, null) ?? "none"}
                  onChange={(event) => onChange(withLevel(grants, number, null, event.target.value as AccessLevel))}
                />
              </summary>
              <ul className="ml-6 grid gap-1 pb-2">
                {items.map((item) => (
                  <li key={item.number} className="flex items-center justify-between gap-3 text-sm">
                    <span>
                      {number}.{item.number} {item.title}
                    </span>
                    <Select
                      className="w-36 shrink-0"
                      aria-label={`Access to ${number}.${item.number} ${item.title}`}
                      options={[SAME, ...LEVELS]}
                      value={levelIn(grants, number, item.number) ?? ""}
                      onChange={(event) =>
                        onChange(withLevel(grants, number, item.number, event.target.value as AccessLevel | ""))
                      }
                    />
                  </li>
                ))}
              </ul>
            </details>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Select, type SelectOption } from "@/components/ui/select";
import { ACCESS_LEVELS, type AccessLevel, type Grant } from "@/lib/data-room/schema/guests";

type Titled = { number: number; title: string; items: readonly { number: number; title: string }[] };
type GrantFieldsProps = { sections: readonly Titled[]; grants: readonly Grant[]; onChange: (grants: Grant[]) => void };

const LEVEL_WORDS: Readonly<Record<AccessLevel, string>> = {
  ...{ none: "hidden", view: "view", download: "download" },
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
            onClick={() => onChange(sections.map(({ number }) => ({ section: number, item: null, level })))}
          >
            {LEVEL_WORDS[level]}
          </Button>
        ))}
      </p>
      <ul className="max-h-96 divide-y divide-line overflow-y-auto border-y border-line">
        {sections.map((section) => (
          <SectionGrant key={section.number} section={section} grants={grants} onChange={onChange} />
        ))}
      </ul>
    </fieldset>
  );
}

type SectionGrantProps = Omit<GrantFieldsProps, "sections"> & { section: Titled };

function SectionGrant({ section: { number, title, items }, grants, onChange }: SectionGrantProps) {
  const [open, setOpen] = useState(false);
  const apart = grants.some((one) => one.section === number && one.item !== null);
  const set = (item: number | null, level: string) =>
    onChange(withLevel(grants, number, item, level as AccessLevel | ""));
  return (
    <li>
      <Line
        label={`Access to section ${number} ${title}`}
        options={LEVELS}
        value={levelIn(grants, number, null) ?? "none"}
        onPick={(level) => set(null, level)}
      >
        <button
          type="button"
          className="target flex items-baseline gap-2 text-left"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <span aria-hidden="true" className={classNames("inline-block text-muted", open && "rotate-90")}>
            ▸
          </span>
          <span>
            {number} {title} {apart ? <span className="text-sm text-muted">and items apart</span> : null}
          </span>
        </button>
      </Line>
      {open ? (
        <ul className="ml-5 grid gap-1 pb-2 text-sm">
          {items.map((item) => (
            <li key={item.number}>
              <Line
                label={`Access to ${number}.${item.number} ${item.title}`}
                options={[SAME, ...LEVELS]}
                value={levelIn(grants, number, item.number) ?? ""}
                onPick={(level) => set(item.number, level)}
              >
                {number}.{item.number} {item.title}
              </Line>
            </li>
          ))}
        </ul>
      ) : null}
    </li>
  );
}

type LineProps = {
  label: string;
  options: readonly SelectOption[];
  value: string;
  onPick: (level: string) => void;
  children: ReactNode;
};

const Line = ({ label, options, value, onPick, children }: LineProps) => (
  <div className="flex items-center justify-between gap-3 py-1">
    <span className="min-w-0">{children}</span>
    <div className="w-36 shrink-0">
      <Select aria-label={label} options={options} value={value} onChange={(event) => onPick(event.target.value)} />
    </div>
  </div>
);

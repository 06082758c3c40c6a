"use client";

import { Select } from "@/components/ui/select";
import type { Person } from "@/lib/auth/people";
import { assignSection } from "@/lib/data-room/actions";
import type { SectionLine } from "@/lib/data-room/queries";
import { Problem } from "../problem";
import { useSend } from "../use-send";

type SectionOwnersProps = { roomId: string; sections: readonly SectionLine[]; people: readonly Person[] };

/** Questions about a section go to its owner. */
export function SectionOwners({ roomId, sections, people }: SectionOwnersProps) {
  const { problem, send } = useSend();
  return (
    <>
      <ul className="grid gap-x-8 gap-y-1 sm:grid-cols-2">
        {sections.map(({ number, title, ownerId }) => (
          <li key={number} className="flex items-center justify-between gap-3 text-sm">
            <span>
              {number} {title}
            </span>
            <div className="w-44 shrink-0">
              <Select
                aria-label={`Owner of section ${number} ${title}`}
                placeholder="Nobody"
                value={ownerId ?? ""}
                options={people.map(({ id, name }) => ({ value: id, label: name }))}
                onChange={(event) =>
                  send(
                    () => assignSection({ roomId, section: number, ownerId: event.target.value || null }),
                    "Assigned.",
                  )
                }
              />
            </div>
          </li>
        ))}
      </ul>
      <Problem text={problem} />
    </>
  );
}

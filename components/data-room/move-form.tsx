"use client";

import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { placeDocuments } from "@/lib/data-room/actions";
import type { DocumentLine, SectionLine } from "@/lib/data-room/queries";
import { plural } from "@/lib/format";
import { Problem } from "./problem";
import { useSend } from "./use-send";

type MoveFormProps = { sections: readonly SectionLine[]; chosen: readonly DocumentLine[]; onDone: () => void };

/** Puts the chosen documents at an item of the index; by keyboard like everything else. */
export function MoveForm({ sections, chosen, onDone }: MoveFormProps) {
  const id = useId();
  const [to, setTo] = useState("");
  const { busy, problem, send } = useSend();
  const options = sections.flatMap(({ items }) =>
    items.map((item) => ({ value: item.id, label: `${item.section}.${item.number} ${item.title}` })),
  );
  async function move() {
    const documents = chosen.map(({ id: documentId, version }) => ({ documentId, version }));
    const moved = await send(() => placeDocuments({ documents, itemId: to === "unsorted" ? null : to }), "Moved.");
    if (moved) onDone();
  }
  return (
    <form
      className="flex flex-wrap items-end gap-2 border-y border-line bg-wash px-2 py-2"
      onSubmit={(event) => {
        event.preventDefault();
        void move();
      }}
    >
      <label htmlFor={id} className="self-center text-sm">
        Move {plural(chosen.length, "document")} to
      </label>
      <Select
        id={id}
        className="max-w-full min-w-0 sm:max-w-96"
        required
        value={to}
        placeholder="An item of the index"
        options={[...options, { value: "unsorted", label: "Unsorted" }]}
        onChange={(event) => setTo(event.target.value)}
      />
      <Button type="submit" variant="primary" busy={busy}>
        Move
      </Button>
      <Problem text={problem} />
    </form>
  );
}

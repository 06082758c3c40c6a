"use client";

import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { ReasonDialog } from "@/components/ui/reason-dialog";
import { Select } from "@/components/ui/select";
import { placeDocuments, removeDocuments, restoreDocuments } from "@/lib/data-room/actions";
import type { SectionLine } from "@/lib/data-room/queries";
import type { DocumentLine } from "@/lib/data-room/queries/documents";
import { plural } from "@/lib/format";
import { Problem } from "../problem";
import { useSend } from "../use-send";
import { refusalText } from "../words";

type ChosenBarProps = { sections: readonly SectionLine[]; chosen: readonly DocumentLine[]; onDone: () => void };

/** What can be done with the chosen documents: put them at an item of the index, or take them out of the room. */
export function ChosenBar({ sections, chosen, onDone }: ChosenBarProps) {
  const id = useId();
  const [to, setTo] = useState("");
  const { busy, problem, send } = useSend();
  const reads = chosen.map(({ id: documentId, version }) => ({ documentId, version }));
  const many = plural(chosen.length, "document");
  const options = sections.flatMap(({ items }) =>
    items.map((item) => ({ value: item.id, label: `${item.section}.${item.number} ${item.title}` })),
  );
  async function move(event: FormEvent) {
    event.preventDefault();
    const itemId = to === "unsorted" ? null : to;
    if (await send(() => placeDocuments({ documents: reads, itemId }), "Moved.")) onDone();
  }
  const undo = () => {
    const documents = reads.map(({ documentId, version }) => ({ documentId, version: version + 1 }));
    return send(() => restoreDocuments({ documents }), "Back in the room.");
  };
  return (
    <form className="flex flex-wrap items-end gap-2 border-y border-line bg-wash px-2 py-2" onSubmit={move}>
      <label htmlFor={id} className="self-center text-sm">
        Move {many} to
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
      <ReasonDialog
        title={`Take ${many} out of the room?`}
        description="No guest sees them any more. Their versions are kept, and they can come back."
        trigger={<Button>Take out</Button>}
        confirmLabel="Take out"
        done={`Taken out: ${many}.`}
        undo={undo}
        sentence={refusalText}
        send={async (reason) => {
          const answer = await removeDocuments({ documents: reads, reason });
          if (answer.ok) onDone();
          return answer;
        }}
      />
      <Problem text={problem} />
    </form>
  );
}

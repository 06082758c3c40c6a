"use client";

import { Button } from "@/components/ui/button";
import { buttonStyle } from "@/components/ui/button-style";
import { ReasonDialog } from "@/components/ui/reason-dialog";
import { freezeRoom, reopenRoom } from "@/lib/data-room/actions";
import type { RoomHead } from "@/lib/data-room/queries";
import { refusalText } from "../words";
import { TableExport } from "./table-export";

/** Take all of it along, and fix its state. */
export function RoomActions({ head, documents }: { head: RoomHead; documents: number }) {
  const { id: roomId, version } = head;
  return (
    <>
      <TableExport roomId={roomId} tables={["index", "documents"]} />
      {documents > 0 ? (
        <a className={buttonStyle()} href={`/api/data-room/${roomId}/archive`} download>
          Download all
        </a>
      ) : null}
      {head.status === "open" ? (
        <ReasonDialog
          title="Freeze the room?"
          description="Every document is fixed by its hash, and an archive of them all by one more. Nothing in the room can change until it is opened again; the frozen state stays for good."
          trigger={<Button>Freeze</Button>}
          confirmLabel="Freeze"
          done="The room is frozen."
          sentence={refusalText}
          send={(reason) => freezeRoom({ roomId, version, reason })}
        />
      ) : (
        <ReasonDialog
          title="Open the room again?"
          description="The frozen state stays as it is; from now on documents can change again."
          trigger={<Button>Open again</Button>}
          confirmLabel="Open again"
          done="The room is open again."
          sentence={refusalText}
          send={(reason) => reopenRoom({ roomId, reason })}
        />
      )}
    </>
  );
}

"use client";

import { askCode, enterRoom } from "@/lib/data-room/actions/guest";
import { CodeEntry } from "./code-entry";

/** The door of a data room. */
export function EnterForm({ link }: { link: string }) {
  return (
    <CodeEntry
      title="Data room"
      lead="This room is open to named people. Give your address; a code is sent to it."
      sent={(email) =>
        `If ${email} is on the list and the room is still open, a code is on its way. It counts for ten minutes.`
      }
      ask={(email) => askCode({ link, email })}
      enter={(email, code) => enterRoom({ link, email, code })}
    />
  );
}

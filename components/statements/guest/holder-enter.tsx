"use client";

import { CodeEntry } from "@/components/data-room/guest/code-entry";
import { askHolderCode, enterHolder } from "@/lib/distribution/actions/holder";

/** The door of a holder's statement. */
export function HolderEnter({ link }: { link: string }) {
  return (
    <CodeEntry
      title="Your statement"
      lead="This statement is for one holder. Give your address; a code is sent to it."
      sent={(email) =>
        `If ${email} is the address that was named, and the last day is not over, a code is on its way. It counts for ten minutes.`
      }
      ask={(email) => askHolderCode({ link, email })}
      enter={(email, code) => enterHolder({ link, email, code })}
    />
  );
}

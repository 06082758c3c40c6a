"use client";

import { Button } from "@/components/ui/button";
import { ReasonDialog } from "@/components/ui/reason-dialog";
import { markAbsent } from "@/lib/data-room/actions";
import type { ItemLine } from "@/lib/data-room/queries";
import { useSend } from "../use-send";
import { refusalText } from "../words";

/** Of an item without documents: that there is none, and why. */
export function ItemPanel({ item }: { item: ItemLine }) {
  const { busy, send } = useSend();
  if (item.absentBecause !== null) {
    return (
      <div className="flex flex-wrap items-center gap-3 text-sm">
        <p>
          <strong>The company has none of this.</strong> {item.absentBecause}
        </p>
        <Button
          busy={busy}
          onClick={() => send(() => markAbsent({ itemId: item.id, because: null }), "It is expected again.")}
        >
          Expect it again
        </Button>
      </div>
    );
  }
  if (item.valid > 0) return null;
  return (
    <ReasonDialog
      title={`Nothing for ${item.section}.${item.number}?`}
      description="The item counts as settled, and buyers read the reason."
      trigger={<Button>The company has none of this</Button>}
      confirmLabel="Say so"
      done="Noted."
      sentence={refusalText}
      send={(because) => markAbsent({ itemId: item.id, because })}
    />
  );
}

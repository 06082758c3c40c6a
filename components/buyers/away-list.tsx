"use client";

import { useRouter } from "next/navigation";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { ReasonDialog } from "@/components/ui/reason-dialog";
import { archiveBuyer, restoreBuyer } from "@/lib/buyers/actions";
import type { AwayBuyer, BuyerLine } from "@/lib/buyers/queries";
import { formatDay } from "@/lib/format";
import { BuyerProblem } from "./buyer-problem";
import { buyerSentence } from "./buyer-words";

/** Off the list and the board; what is kept of the buyer stays, and it comes back as it was. */
export function PutAway({ buyer, ventureId }: { buyer: BuyerLine; ventureId: string }) {
  const router = useRouter();
  const read = { ventureId, companyId: buyer.id };
  async function undo() {
    await restoreBuyer({ ...read, version: buyer.version + 1 });
    router.refresh();
  }
  return (
    <ReasonDialog
      title={`Put ${buyer.name} away?`}
      description="It leaves the list, the board and every count. Its claims and its history are kept, and it can come back."
      trigger={<Button aria-label={`Put ${buyer.name} away`}>Put away…</Button>}
      confirmLabel="Put away"
      done={`${buyer.name} is put away.`}
      undo={undo}
      sentence={buyerSentence}
      send={(reason) => archiveBuyer({ ...read, version: buyer.version, reason })}
    />
  );
}

/** Who was put away, and why. */
export function AwayList({
  away,
  ventureId,
  mayEdit,
}: {
  away: readonly AwayBuyer[];
  ventureId: string;
  mayEdit: boolean;
}) {
  const { busy, refusal, run, dialog } = useChange();
  return (
    <>
      <BuyerProblem code={refusal} />
      <ul className="divide-y divide-line">
        {away.map(({ id: companyId, name, version, reason, on }) => (
          <li key={companyId} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-1">
            <span className="min-w-0">
              {name} <span className="text-sm text-muted">{`${formatDay(on)}: ${reason}`}</span>
            </span>
            {mayEdit ? (
              <Button
                variant="bare"
                busy={busy}
                aria-label={`Bring ${name} back`}
                onClick={() => run(() => restoreBuyer({ ventureId, companyId, version }), `${name} is back.`)}
              >
                Bring back
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {dialog}
    </>
  );
}

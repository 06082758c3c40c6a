"use client";

import { Button } from "@/components/ui/button";
import { ReasonDialog } from "@/components/ui/reason-dialog";
import { submitRateTakenBack } from "@/lib/metrics/actions";
import { rateSentence } from "./rate-words";

type TakenBack = { id: string; base: string; quote: string; day: string; rate: string };

/** A rate that a person added, taken back with a reason. */
export function TakeBackRate({ rate: { id, base, quote, day, rate } }: { rate: TakenBack }) {
  return (
    <ReasonDialog
      title={`Take back ${rate} of ${base}/${quote} on ${day}?`}
      description="It becomes history, and a rate that it replaced stands again. Figures over the pair are computed again."
      trigger={
        <Button variant="bare" aria-label={`Take back ${base}/${quote} of ${day}`}>
          Take back
        </Button>
      }
      confirmLabel="Take the rate back"
      done="The rate was taken back."
      sentence={rateSentence}
      send={(reason) => submitRateTakenBack({ rateId: id, reason })}
    />
  );
}

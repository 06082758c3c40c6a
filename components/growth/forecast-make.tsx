"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { errorSentence } from "@/components/ui/error-sentence";
import { useToast } from "@/components/ui/toast";
import { submitForecast } from "@/lib/growth/actions/forecasts";
import type { ForecastMetric } from "@/lib/growth/schema/venture-forecast";

const REFUSALS: Readonly<Record<string, string>> = {
  ALREADY_MADE: "This month's forecast is kept already.",
  NO_FORECAST: "The stored months do not allow a forecast.",
};

/** Keeps this month's forecast, so that what comes can be held against it. */
export function MakeForecast({ ventureId, metric }: { ventureId: string; metric: ForecastMetric }) {
  const [pending, start] = useTransition();
  const [error, setError] = useState<string | null>(null);
  const router = useRouter();
  const toast = useToast();
  const make = () =>
    start(async () => {
      const made = await submitForecast({ ventureId, metric });
      setError(made.ok ? null : errorSentence(made.refusal, REFUSALS));
      if (made.ok) toast({ text: "The forecast is kept." });
      router.refresh();
    });
  return (
    <div className="grid justify-items-start gap-2">
      <Button busy={pending} onClick={make}>
        Make a forecast
      </Button>
      {error ? (
        <p role="alert" className="text-critical-text">
          {error}
        </p>
      ) : null}
    </div>
  );
}

import { AppLink } from "@/components/ui/app-link";
import { TAB_STYLE } from "@/components/ui/tab-style";
import type { ForecastPage } from "@/lib/growth/queries/forecast/forecast-page";
import { FORECAST_HORIZONS } from "@/lib/growth/schema/venture-forecast";
import { forecastHref } from "./forecast-view";

type ControlsProps = { path: string; page: Pick<ForecastPage, "metric" | "choices">; horizon: number };

/** Which metric and how far ahead; by address, so that it works without scripts and can be sent. */
export function ForecastControls({ path, page, horizon }: ControlsProps) {
  return (
    <div data-print="none" className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <nav aria-label="Metric" className="flex min-w-0 flex-wrap gap-x-4">
        {page.choices.map(({ metric, label }) => (
          <AppLink
            key={metric}
            href={forecastHref(path, { metric, horizon })}
            scroll={false}
            aria-current={metric === page.metric ? "page" : undefined}
            className={TAB_STYLE}
          >
            {label}
          </AppLink>
        ))}
      </nav>
      <nav aria-label="Months ahead" className="flex gap-4">
        {FORECAST_HORIZONS.map((months) => (
          <AppLink
            key={months}
            href={forecastHref(path, { metric: page.metric, horizon: months })}
            scroll={false}
            aria-current={months === horizon ? "page" : undefined}
            className={TAB_STYLE}
          >
            {months} months
          </AppLink>
        ))}
      </nav>
    </div>
  );
}

import { AppLink } from "@/components/ui/app-link";
import { Button } from "@/components/ui/button";
import { buttonStyle } from "@/components/ui/button-style";
import { Field } from "@/components/ui/field";
import { TextLink } from "@/components/ui/link";
import { Select } from "@/components/ui/select";
import { TAB_STYLE } from "@/components/ui/tab-style";
import { formatDay } from "@/lib/format";
import { SPANS } from "@/lib/metrics/rules/venture-facts";
import { type PerformanceView, performanceHref, performanceParams } from "./performance-view";

const SPAN_WORDS = { 1: "Month", 3: "Quarter", 12: "12 months" } as const;

type ControlsProps = { path: string; view: PerformanceView; months: readonly string[]; shown: string };

export const monthName = (month: string): string => formatDay(`${month.slice(0, 7)}-01`, "month");

/** The parts of the address that a form does not ask for, carried along. */
export function KeptParams({ view, but }: { view: PerformanceView; but: readonly string[] }) {
  return performanceParams(view)
    .filter(([name]) => !but.includes(name))
    .map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />);
}

/** Which window and which month; everything on the page follows. By address: works without scripts, can be sent. */
export function PerformanceControls({ path, view, months, shown }: ControlsProps) {
  const at = months.indexOf(shown);
  const [later, earlier] = [months[at - 1], months[at + 1]];
  return (
    <div data-print="none" className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <nav aria-label="Window" className="flex gap-4">
        {SPANS.map((span) => (
          <AppLink
            key={span}
            href={performanceHref(path, view, { span, since: null })}
            scroll={false}
            aria-current={span === view.span ? "page" : undefined}
            className={TAB_STYLE}
          >
            {SPAN_WORDS[span]}
          </AppLink>
        ))}
      </nav>
      <form action={path} className="flex flex-wrap items-end gap-2">
        <KeptParams view={view} but={["month", "page", "since"]} />
        {earlier ? (
          <AppLink
            href={performanceHref(path, view, { month: earlier, since: null })}
            scroll={false}
            className={buttonStyle("plain")}
            aria-label={`The month before, ${monthName(earlier)}`}
          >
            ←
          </AppLink>
        ) : null}
        <Field label="Up to">
          {(control) => (
            <Select
              key={shown}
              name="month"
              defaultValue={shown}
              options={months.map((month) => ({ value: month, label: monthName(month) }))}
              {...control}
            />
          )}
        </Field>
        {later ? (
          <AppLink
            href={performanceHref(path, view, { month: later, since: null })}
            scroll={false}
            className={buttonStyle("plain")}
            aria-label={`The month after, ${monthName(later)}`}
          >
            →
          </AppLink>
        ) : null}
        <Button type="submit">Show</Button>
        {view.month ? (
          <TextLink href={performanceHref(path, view, { month: null, since: null })} className="pb-1 text-sm">
            Newest
          </TextLink>
        ) : null}
      </form>
    </div>
  );
}

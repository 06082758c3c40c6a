import { Disclosure } from "@/components/ui/disclosure";
import { Section } from "@/components/ui/section";
import type { ExperimentDetail } from "@/lib/experiments/queries";
import { DecideForm } from "./decide-form";
import { ImportForm } from "./import-form";
import { sampleCsv } from "./sample-csv";

/** What is done with a running experiment: counts come in, and at last it is decided. */
export function WorkSections({ detail: { head, standing, imports } }: { detail: ExperimentDetail }) {
  const { said, arm } = standing.verdict;
  const ripe = said === "ship" || said === "do-not-ship";
  return (
    <>
      <Section title="Counts">
        <Disclosure summary={imports.length > 0 ? "Import newer counts" : "Import counts"} open={imports.length === 0}>
          <ImportForm experimentId={head.id} sample={sampleCsv(head.design)} />
        </Disclosure>
      </Section>
      <Section title="Decide">
        <Disclosure summary={ripe ? "Decide" : "Decide before the rule says ship or not"} open={ripe}>
          <DecideForm
            // Another rule, another proposal: what was chosen before is not kept.
            key={`${said} ${arm}`}
            experimentId={head.id}
            version={head.version}
            dataRevision={head.dataRevision}
            said={said}
            ruleArm={arm}
            treatments={head.design.arms.slice(1).filter(({ weight }) => weight > 0)}
          />
        </Disclosure>
      </Section>
    </>
  );
}

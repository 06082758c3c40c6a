import { Disclosure } from "@/components/ui/disclosure";
import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/section";
import type { CapTableView } from "@/lib/cap-table/rules/view";
import { ClassTable } from "./class-table";
import { ConvertibleList } from "./convertible-list";
import { DividendsForm } from "./dividends-form";
import { HolderTable } from "./holder-table";
import { PackageUpload } from "./package-upload";
import { ProblemList } from "./problem-list";
import { TermsForm } from "./terms-form";
import { UndoPackage } from "./undo-package";

type CapTablePanelProps = {
  ventureId: string;
  /** From `findCapTableView`; null before the first import. */
  view: CapTableView | null;
  mayImport: boolean;
  mayAnswer: boolean;
};

/** Who holds what, in which order it is paid, what the charter must still answer, and a new package. */
export function CapTablePanel({ ventureId, view, mayImport, mayAnswer }: CapTablePanelProps) {
  const open = view?.classes.filter(({ questions }) => questions.length > 0) ?? [];
  const preferred = view?.classes.filter((one) => one.preferred && one.outstanding !== "0") ?? [];
  return (
    <Section title="Cap table" aside={view?.lastTransactionOn ? `to ${view.lastTransactionOn}` : null}>
      <div className="grid gap-6 *:min-w-0">
        {view ? (
          <>
            <HolderTable ventureId={ventureId} view={view} />
            <ClassTable ventureId={ventureId} view={view} />
            <ProblemList problems={view.problems} />
          </>
        ) : (
          <EmptyState title="No cap table yet">
            Holders, classes and their rights come from an Open Cap Format package, or from a list of holdings as CSV.
          </EmptyState>
        )}
        {mayAnswer
          ? open.map((shareClass) => <TermsForm key={shareClass.id} ventureId={ventureId} shareClass={shareClass} />)
          : null}
        {mayAnswer
          ? preferred.map((shareClass) => (
              <Disclosure key={shareClass.id} summary={`Dividends of ${shareClass.name}`}>
                <DividendsForm ventureId={ventureId} shareClass={shareClass} />
              </Disclosure>
            ))
          : null}
        {open.length > 0 && !mayAnswer ? (
          <p className="prose-width text-muted">
            Until an analyst has read the charter of {open.map(({ name }) => name).join(", ")}, no proceeds can be
            split.
          </p>
        ) : null}
        {view ? <ConvertibleList ventureId={ventureId} convertibles={view.convertibles} mayAnswer={mayAnswer} /> : null}
        {mayImport ? <PackageUpload ventureId={ventureId} /> : null}
        {mayImport && view ? (
          <div>
            <UndoPackage importId={view.importId} issuerName={view.issuerName} />
          </div>
        ) : null}
      </div>
    </Section>
  );
}

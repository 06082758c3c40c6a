import type { Metadata } from "next";
import { RiskFilter } from "@/components/alerts/risk-filter";
import { RiskTable } from "@/components/alerts/risk-table";
import { parseRiskView } from "@/components/alerts/risk-view";
import { ExportMenu } from "@/components/reports/export-menu";
import { ListKeys } from "@/components/shell/list-keys";
import { PageHeader } from "@/components/ui/page-header";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { listRiskChoices, listRisksIn } from "@/lib/stage/queries/risks";

export const metadata: Metadata = { title: "Risks" };

type RisksPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** What might go wrong in the ventures and in the holding, with who answers for it. */
export default async function RisksPage({ searchParams }: RisksPageProps) {
  const actor = await requirePermission("venture:read");
  const view = parseRiskView(await searchParams);
  const [risks, choices] = await Promise.all([listRisksIn(actor, view, clock.now()), listRiskChoices(actor)]);
  const { venture, owner, status, sort } = view;
  const asked = { venture, owner, status, sort, order: view.descending ? "descending" : "ascending" };
  return (
    <>
      <PageHeader
        title="Risks"
        lead="What might go wrong, the gravest first, with who answers for it and what is done about it."
        actions={<ExportMenu table="risks" of="the risks" query={asked} />}
      />
      <RiskFilter view={view} ventures={choices.ventures} people={choices.people} holding={choices.holding} />
      <ListKeys>
        <RiskTable
          risks={risks.map(({ openedAt: _, closedAt: _closed, ...risk }) => risk)}
          view={view}
          people={choices}
          mayEdit={isPermitted(actor.role, "risk:edit")}
        />
      </ListKeys>
    </>
  );
}

import { FetchForm } from "@/components/imports/fetch-form";
import { LoadedFiles } from "@/components/imports/loaded-files";
import type { KnownSource } from "@/components/imports/source-fields";
import { UploadForm } from "@/components/imports/upload-form";
import { ExportMenu } from "@/components/reports/export-menu";
import { Disclosure } from "@/components/ui/disclosure";
import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/section";
import type { BuyersPage } from "@/lib/buyers/queries";
import type { ImportSummary } from "@/lib/imports/queries";
import type { DataServer } from "@/lib/imports/queries/servers";
import { AddBuyerForm } from "./add-buyer-form";
import { ApproachForm } from "./approach-form";
import { AwayList } from "./away-list";
import { BuyerDetail } from "./buyer-detail";
import { BuyerList } from "./buyer-list";
import { OutreachBoard } from "./outreach-board";

/** Where lists come from and which were loaded, for those who may. */
export type BuyerLists = {
  sources: readonly KnownSource[];
  imports: readonly ImportSummary[];
  servers: readonly DataServer[];
  zone: string;
};
type BuyersPanelProps = { page: BuyersPage; mayEdit: boolean; lists: BuyerLists | null };

/** Who may buy the venture: the list at the profile's size, why each is in or out, and how far each one is. */
export function BuyersPanel({ page, mayEdit, lists }: BuyersPanelProps) {
  const { venture, buyers, away, pool, people, today } = page;
  const listed = buyers.filter(({ tier }) => tier !== "out");
  return (
    <div className="grid gap-9 *:min-w-0">
      <Section
        title={`Target list, ${listed.length} of ${pool}`}
        aside={<ExportMenu table="buyers" of="the buyers" query={{ venture: venture.slug }} />}
      >
        {buyers.length > 0 ? (
          <BuyerList buyers={buyers} />
        ) : (
          <EmptyState title="No buyer is on the list yet">
            Load a list or add a buyer below. A buyer joins the list once half of its fit is known.
          </EmptyState>
        )}
        <Weights />
      </Section>
      {buyers.length > 0 ? (
        <>
          <Section title="Outreach" aside="drag a card, or use its menu; arrows go from card to card">
            <OutreachBoard buyers={buyers} ventureId={venture.id} today={today} people={people} mayEdit={mayEdit} />
          </Section>
          <Section title="Each buyer">
            {buyers.map((buyer) => (
              <BuyerDetail key={buyer.id} buyer={buyer} ventureId={venture.id} today={today} mayEdit={mayEdit} />
            ))}
          </Section>
        </>
      ) : null}
      {away.length > 0 ? (
        <Disclosure summary={`Put away (${away.length})`}>
          <AwayList away={away} ventureId={venture.id} mayEdit={mayEdit} />
        </Disclosure>
      ) : null}
      {mayEdit ? (
        <div>
          {listed.length > 0 ? (
            <Disclosure summary="Ask the chairman to let something be sent">
              <ApproachForm ventureId={venture.id} buyers={listed.map(({ id, name }) => ({ id, name }))} />
            </Disclosure>
          ) : null}
          <Disclosure summary="Add a buyer">
            <AddBuyerForm ventureId={venture.id} today={today} currency={venture.currency} />
          </Disclosure>
          {lists ? <Lists lists={lists} venture={venture} /> : null}
        </div>
      ) : null}
    </div>
  );
}

function Lists({ lists, venture }: { lists: BuyerLists; venture: BuyersPage["venture"] }) {
  const dataPath = `/ventures/${venture.slug}/data`;
  return (
    <>
      <Disclosure summary="Load a list (CSV or XLSX)">
        <UploadForm ventureId={venture.id} dataPath={dataPath} sources={lists.sources} kinds={["buyers"]} />
      </Disclosure>
      <Disclosure summary="Read a list from an MCP server">
        <FetchForm ventureId={venture.id} kind="buyers" dataPath={dataPath} servers={lists.servers} />
      </Disclosure>
      <LoadedFiles
        summary="Lists that were loaded"
        ventureId={venture.id}
        {...{ dataPath, zone: lists.zone, imports: lists.imports }}
      />
    </>
  );
}

const Weights = () => (
  <p className="mt-3 prose-width text-sm text-muted">
    Fit weighs strategic overlap 30, capacity to pay 25, relationship 20, appetite 15 and speed 10; the weights are the
    house's own. A person's claim stands before that of a list; capacity and appetite are scored by rule where nobody
    claims them.
  </p>
);

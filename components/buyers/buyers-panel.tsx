import { FigureValue } from "@/components/figures/figure-value";
import { ExportMenu } from "@/components/reports/export-menu";
import { Disclosure } from "@/components/ui/disclosure";
import { EmptyState } from "@/components/ui/empty-state";
import { Level } from "@/components/ui/level";
import { Section } from "@/components/ui/section";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { BuyerLine, BuyersPage } from "@/lib/buyers/queries";
import { STAGE_LABELS } from "@/lib/buyers/rules/outreach";
import { plural } from "@/lib/format";
import { AddBuyerForm } from "./add-buyer-form";
import { ApproachForm } from "./approach-form";
import { BuyerDetail } from "./buyer-detail";
import { ANTITRUST, KIND_LABELS, TIER_LEVEL } from "./buyer-words";
import { BuyersUpload } from "./buyers-upload";

type BuyersPanelProps = { page: BuyersPage; mayEdit: boolean };

/** Who may buy the venture: the list at the profile's size, why each is in or out, and how far each one is. */
export function BuyersPanel({ page, mayEdit }: BuyersPanelProps) {
  const { venture, buyers, pool, people, today } = page;
  const listed = buyers.filter(({ tier }) => tier !== "out");
  const out = buyers.filter(({ tier }) => tier === "out");
  return (
    <div className="grid gap-9 *:min-w-0">
      <Section
        title={`Target list, ${listed.length} of ${pool}`}
        aside={<ExportMenu table="buyers" of="the buyers" query={{ venture: venture.slug }} />}
      >
        {listed.length > 0 ? (
          <BuyerTable caption="Target list" buyers={listed} />
        ) : (
          <EmptyState title="No buyer is on the list yet">
            Load a list or add a buyer below. A buyer joins the list once half of its fit is known.
          </EmptyState>
        )}
      </Section>
      {buyers.length > 0 ? (
        <Section title="Each buyer">
          {buyers.map((buyer) => (
            <BuyerDetail
              key={buyer.id}
              buyer={buyer}
              ventureId={venture.id}
              today={today}
              people={people}
              mayEdit={mayEdit}
            />
          ))}
        </Section>
      ) : null}
      {out.length > 0 ? (
        <Section title={`Out, ${plural(out.length, "buyer")}`}>
          <BuyerTable caption="Not on the list, and why" buyers={out} />
        </Section>
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
          <Disclosure summary="Load a list of buyers">
            <BuyersUpload ventureId={venture.id} />
          </Disclosure>
        </div>
      ) : null}
      <p className="prose-width text-sm text-muted">
        Fit weighs strategic overlap 30, capacity to pay 25, relationship 20, appetite 15 and speed 10; the weights are
        the house's own. Capacity and appetite are scored by rule where nobody claims them.
      </p>
    </div>
  );
}

function BuyerTable({ caption, buyers }: { caption: string; buyers: readonly BuyerLine[] }) {
  return (
    <Table caption={caption}>
      <TableHead>
        <TableHeadCell>Buyer</TableHeadCell>
        <TableHeadCell>Tier</TableHeadCell>
        <TableHeadCell numeric>Fit</TableHeadCell>
        <TableHeadCell numeric>Certainty</TableHeadCell>
        <TableHeadCell numeric>Capacity</TableHeadCell>
        <TableHeadCell>Antitrust</TableHeadCell>
        <TableHeadCell>Outreach</TableHeadCell>
      </TableHead>
      <TableBody>
        {buyers.map((buyer) => (
          <TableRow key={buyer.id}>
            <TableRowHead className="py-1.5">
              {buyer.name}
              <span className="block max-w-96 text-sm font-normal text-muted">
                {`${KIND_LABELS[buyer.kind]}${buyer.country ? `, ${buyer.country}` : ""}. ${buyer.reason}${buyer.byRule ? "" : " (chosen by a person)"}`}
              </span>
            </TableRowHead>
            <TableCell>
              <Level level={TIER_LEVEL[buyer.tier]} word={buyer.tier} />
            </TableCell>
            <TableCell numeric>
              <FigureValue figure={buyer.score} />
            </TableCell>
            <TableCell numeric>
              <FigureValue figure={buyer.certainty} />
            </TableCell>
            <TableCell numeric>
              <FigureValue figure={buyer.capacity} />
            </TableCell>
            <TableCell>
              <Level {...ANTITRUST[buyer.fit]} />
            </TableCell>
            <TableCell>
              {STAGE_LABELS[buyer.stage]}
              {buyer.nextStep ? <span className="block text-sm text-muted">{buyer.nextStep}</span> : null}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

import { fromMinor, minorDigits } from "@/lib/money";
import { plainText } from "./plain-text";

export const PAIN_NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";

export type CreditTransfer = {
  endToEndId: string;
  amountMinor: bigint;
  payee: string;
  iban: string;
  bic: string | null;
  remittance: string;
};
export type TransferFile = {
  messageId: string;
  createdAt: Date;
  executeOn: string;
  currency: string;
  debtor: { name: string; iban: string; bic: string | null };
  transfers: readonly CreditTransfer[];
};

const amountText = (minor: bigint, currency: string): string =>
  fromMinor(minor, currency).toFixed(minorDigits(currency));

const agent = (name: string, bic: string | null): string =>
  bic ? `<${name}><FinInstnId><BICFI>${bic}</BICFI></FinInstnId></${name}>` : "";

const escaped = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
const words = (text: string, most: number): string => escaped(plainText(text, most));

const transfer = (
  { endToEndId, amountMinor, payee, iban, bic, remittance }: CreditTransfer,
  currency: string,
): string =>
  [
    "      <CdtTrfTxInf>",
    `        <PmtId><InstrId>${endToEndId}</InstrId><EndToEndId>${endToEndId}</EndToEndId></PmtId>`,
    `        <Amt><InstdAmt Ccy="${currency}">${amountText(amountMinor, currency)}</InstdAmt></Amt>`,
    ...(bic ? [`        ${agent("CdtrAgt", bic)}`] : []),
    `        <Cdtr><Nm>${words(payee, 70)}</Nm></Cdtr>`,
    `        <CdtrAcct><Id><IBAN>${iban}</IBAN></Id></CdtrAcct>`,
    `        <RmtInf><Ustrd>${words(remittance, 140)}</Ustrd></RmtInf>`,
    "      </CdtTrfTxInf>",
  ].join("\n");

/**
 * SEPA credit transfers as ISO 20022 pain.001.001.09 in the form of the EPC's customer-to-PSP guidelines (EPC132-08, 2023).
 * Nothing in it but what it is given: the same file is the same bytes. Each transfer is booked by itself.
 */
export function writePain001({ messageId, createdAt, executeOn, currency, debtor, transfers }: TransferFile): string {
  const sum = transfers.reduce((all, { amountMinor }) => all + amountMinor, 0n);
  const [count, total] = [transfers.length, amountText(sum, currency)];
  const name = words(debtor.name, 70);
  const debtorAgent =
    agent("DbtrAgt", debtor.bic) || "<DbtrAgt><FinInstnId><Othr><Id>NOTPROVIDED</Id></Othr></FinInstnId></DbtrAgt>";
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<Document xmlns="${PAIN_NAMESPACE}">`,
    "  <CstmrCdtTrfInitn>",
    "    <GrpHdr>",
    `      <MsgId>${messageId}</MsgId>`,
    `      <CreDtTm>${createdAt.toISOString().slice(0, 19)}Z</CreDtTm>`,
    `      <NbOfTxs>${count}</NbOfTxs>`,
    `      <CtrlSum>${total}</CtrlSum>`,
    `      <InitgPty><Nm>${name}</Nm></InitgPty>`,
    "    </GrpHdr>",
    "    <PmtInf>",
    `      <PmtInfId>${messageId}-1</PmtInfId>`,
    "      <PmtMtd>TRF</PmtMtd>",
    "      <BtchBookg>false</BtchBookg>",
    `      <NbOfTxs>${count}</NbOfTxs>`,
    `      <CtrlSum>${total}</CtrlSum>`,
    "      <PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf>",
    `      <ReqdExctnDt><Dt>${executeOn}</Dt></ReqdExctnDt>`,
    `      <Dbtr><Nm>${name}</Nm></Dbtr>`,
    `      <DbtrAcct><Id><IBAN>${debtor.iban}</IBAN></Id></DbtrAcct>`,
    `      ${debtorAgent}`,
    "      <ChrgBr>SLEV</ChrgBr>",
    ...transfers.map((one) => transfer(one, currency)),
    "    </PmtInf>",
    "  </CstmrCdtTrfInitn>",
    "</Document>",
    "",
  ].join("\n");
}

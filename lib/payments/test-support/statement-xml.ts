const OWN = "AT611904300234573201";

type Told = { ref: string; cents: bigint; id?: string; back?: boolean };

/** What the bank would say: below zero went out. */
export function statementXml(entries: readonly Told[], iban = OWN, statement = "S1"): string {
  const amount = (cents: bigint) => {
    const text = (cents < 0n ? -cents : cents).toString().padStart(3, "0");
    return `${text.slice(0, -2)}.${text.slice(-2)}`;
  };
  const all = entries.map(
    ({ ref, cents, id = "NOTPROVIDED", back }) =>
      `<Ntry><Amt Ccy="EUR">${amount(cents)}</Amt><CdtDbtInd>${cents < 0n ? "DBIT" : "CRDT"}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-25</Dt></BookgDt><AcctSvcrRef>${ref}</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>${id}</EndToEndId></Refs>${back ? "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>" : ""}</TxDtls></NtryDtls></Ntry>`,
  );
  return `<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId></GrpHdr><Stmt><Id>${statement}</Id><Acct><Id><IBAN>${iban}</IBAN></Id></Acct>${all.join("")}</Stmt></BkToCstmrStmt></Document>`;
}

export const TEASER = `
# Project {{project.name}}

> Counsel must review this teaser before it leaves the house. It is not an offer, and nothing in it is a promise.

{{document.day}}

## The company

{{company.business}}

- Sector: {{company.sector}}
- Country: {{company.country}}
- Business model: {{company.model}}

## In figures

| Figure | Value > | As of |
{{#each metrics}}
| {{metric.label}} | {{metric.value}} | {{metric.asOf}} |
{{/each}}

The figures are taken from the records of the company as they stood on the days stated. They have not been audited for this
teaser.

## The process

The owner is looking for a buyer of all shares. The name of the company and further information are given after a
confidentiality agreement has been signed. The owner may change or end the process at any time, without giving a reason and
without owing anything to anybody who took part in it.

Questions are answered by {{seller.signatory}}, {{seller.signatoryTitle}}. Please do not speak to the company, its people,
its customers or its suppliers.
`;

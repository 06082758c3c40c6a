/** What lies in Meridian's data room beside the first papers: made up, by the place in the index that each folder names. */
export const MERIDIAN_FILES: Readonly<Record<string, string>> = {
  "1.1 Incorporation/Certificate of incorporation.txt": "Registered at the commercial register; amended once, in 2024.",
  "1.4 Minutes/Minutes 2024 to 2026.txt": "Minutes of shareholders and advisory board, signed, none missing.",
  "1.5 Register/Register extract.txt": "Extract of the commercial register, no entries pending.",
  "2.1 Cap table/Cap table, fully diluted.csv": "class,holders\nCommon,4\nSeries Seed,2\nSeries A,3\n",
  "2.2 Agreements/Shareholders' agreement.txt":
    "One agreement of all holders with drag-along; two side letters on information.",
  "2.3 Rounds/Financing rounds.csv": "round,documents\nSeed,complete\nSeries A,complete\n",
  "2.4 Options/Option plan and grants.csv": "document,approved\nPlan,yes\nGrants,yes\n",
  "3.3 Monthly accounts/Management accounts.csv": "months,source\n24,monthly reporting to the advisory board\n",
  "3.4 Budget/Budget and forecast.txt": "Budget of the year with its assumptions, and the forecast of two more.",
  "3.5 Working capital/Working capital by month.csv": "basis,peg\naverage of twelve months,to be agreed\n",
  "3.6 Revenue/Revenue recognition.txt": "Robots on delivery, service contracts over time, as the auditor accepted it.",
  "4.1 Returns/Tax returns and assessments.csv": "year,state\n2023,assessed\n2024,assessed\n2025,assessed\n",
  "4.3 VAT/VAT registrations.csv": "country,state\nDE,filed monthly\n",
  "4.5 Losses/Tax losses carried forward.txt":
    "Losses stand as assessed; a sale of all shares ends them unless reserves cover them.",
  "5.1 Contracts/List of material contracts.csv": "kind,number\nCustomers,eleven\nSuppliers,three\n",
  "6.1 Revenue/Revenue by customer.csv": "months,source\n36,invoices\n",
  "6.2 Customers/Contracts of the largest customers.txt":
    "Contracts of the twenty largest customers, with their terms and ends.",
  "6.3 Terms/Standard terms.txt": "Standard terms of sale and of service, in force since 2024.",
  "6.4 Churn/Churn and cohorts.csv": "analysis,source\nCohorts by month,subscriptions\n",
  "7.1 Suppliers/Contracts of suppliers.txt":
    "Frame contracts of the ten largest suppliers; two of them sole sources with stock agreed.",
  "7.2 Hosting/Hosting agreement.txt": "Hosting in two places, ended by either side with notice of six months.",
  "8.1 Register/Patents, trade marks and domains.csv": "kind,state\nPatents,granted\nTrade marks,registered\n",
  "8.3 Licences/Licences in and out.csv": "direction,kind\nin,standard software\nout,none\n",
  "8.4 Open source/Open-source components.csv": "licence,use\nMIT,yes\nApache-2.0,yes\nGPL,build tools only\n",
  "9.1 Systems/Architecture.txt": "Fleet control, navigation and service portal, with what each depends on.",
  "9.2 Security/Penetration test.txt": "Two medium findings of April are open; both have an owner and a day.",
  "9.4 Data protection/Records of processing.csv": "processing,agreement\nService portal,yes\nSupport,yes\n",
  "9.6 Continuity/Continuity plan.txt": "Plan with the report of its last test, in September 2026.",
  "10.1 Staff/List of staff.csv": "list,fields\nby role,start pay place\n",
  "10.2 Key people/Contracts of key people.txt": "Five contracts with the retention agreements of October 2026.",
  "10.3 Employment/Standard contract.txt": "Standard contract of employment with assignment of inventions.",
  "10.4 Bonus/Bonus and retention plans.txt": "One bonus plan by revenue and one retention plan for the sale.",
  "10.6 Contractors/Contractors.csv": "role,assignment\nNavigation,signed\nSimulation,signed\n",
  "12.1 Permits/Licences and permits.csv": "permit,ends\nMachinery directive file,none\n",
  "12.2 Compliance/Compliance programme.txt": "Code of conduct and a yearly training, last held in June 2026.",
  "12.4 Export/Export control.txt": "No listed goods; customers are screened against sanctions before each delivery.",
  "13.1 Premises/Leases.txt": "Two leases, of the plant and of the office, both with an option to extend.",
  "13.2 Assets/Register of fixed assets.csv": "kind,source\nMachines,accounts\n",
  "15.2 Debt/Debt and cash.csv": "item,source\nLoan,bank statement\nCash,bank statement\n",
  "18.1 Product/Product overview and roadmap.txt": "Three robots and the fleet software, with what comes next.",
  "18.2 Market/Market and competitors.txt":
    "Warehouse robots in Europe: who else sells them, and where Meridian stands.",
  "18.4 Marketing/Marketing spend by channel.csv": "channel,source\nPartners,accounts\nFairs,accounts\n",
};

/** What a buyer would ask for and there is not, with the reason. */
export const MERIDIAN_ABSENT: readonly (readonly [section: number, number: number, because: string])[] = [
  [1, 3, "The company has no subsidiaries."],
  [9, 3, "No incident in three years."],
  [10, 5, "Statutory pensions only."],
  [11, 1, "Nothing is pending or threatened, by the letter of counsel of July 2026."],
  [14, 2, "No claim in three years."],
  [15, 3, "Nothing is charged, by the register."],
  [16, 1, "No site needs an environmental permit."],
  [17, 1, "There are no such contracts."],
  [17, 2, "The company belongs to no group."],
  [17, 3, "The company stands alone already."],
];

"""Words of the About page: how to read charts and verdicts, the method in brief, limits, errors, accessibility."""

from __future__ import annotations

WHAT = (
    "This dashboard brings published figures on COVID-19 and adult social care in England together, "
    "for England, its nine regions and its 151 councils with social care duties in 2020."
)
HOW_TO_READ = (
    "Every figure has its own date. Sources end on different days, so do not read two figures as if taken together.",
    "Figures from the Capacity Tracker are what care homes reported of themselves.",
    'Shares change by percentage points. From 66% to 94% is 28 points, written "+28 points".',
    "A 95% interval shows how far chance alone could move a figure: wide for small areas, narrow for large ones.",
    '"Not available" means the source has no figure. "Not applicable" means there can be none. Neither is zero.',
    '"Hidden" means that the figure could tell of one home or a few people.',
    '"Provisional" figures may still be revised. "Low reliability" figures are for asking questions, not for ranking.',
    "Below each chart stand its source and dates, its numbers as a table, and a file to download.",
    "A briefing pack (six pages at most, PDF or slides) is made from the same figures: see the page Briefing.",
)
VERDICTS = (
    '"Worse" and "better" mean that chance alone would put an area this far from England less than 5 times in 100.',
    '"Clearly" means less than 2 times in 1,000. It says how sure we are, not how large the difference is.',
    '"Similar" means that we cannot tell the area from England. It does not mean that all is well.',
    "Small areas are seldom marked: with few homes, chance can move a share far.",
    "Among many comparisons some marks come by chance. The text below a table says how many to expect.",
    "A mark is a reason to ask what lies behind a figure, not a judgement of anyone.",
)
HOW_ILLUSTRATIVE_IS_SHOWN = (
    "Real councils' names stand beside answers that no care home gave. Do not quote them as facts about a council.",
    'A chart of them has "Illustrative" in its title and across its picture, and so has the picture when downloaded.',
    'Their downloads are named "illustrative-" and say so in every row, in the columns is_illustrative and note.',
    "They are compared with each other only: an illustrative council with illustrative England, never with the "
    "published figures.",
    "Real returns, once loaded, take the place of all of them.",
)
METHOD = (
    "Published figures are shown as the publisher gives them. Where a sum or a rate is ours, its indicator's entry "
    "says how it is made.",
    "Figures from returns are counts of homes. Council, region and England add up the same homes.",
    "An answer counts for 28 days. After that the home counts as not answering, until it confirms them.",
    "A week stands out where it leaves the usual range of its own series, or where several in a row lie on one side.",
    "A figure is hidden where fewer than 10 homes answered or all said no, and a neighbour with it where it could "
    "be worked out.",
)
BREAKS = "No line, limit or test may run across these changes of the questions."
AREAS = (
    "Councils are the 151 upper-tier authorities of 10 August 2020. Buckinghamshire's figures stand under "
    "its code of April 2020, whichever code the source used. Councils that began in 2021 and 2023, and "
    "those that ended in 2019, have pages of their own with the figures that sources give for them."
)
LIMITS = (
    "The taskforce published the 13 infection-control indicators for England only, on two dates.",
    "Answers are self-reported, and grant money depended on answering. Nobody checked them home by home.",
    "A rise may come from which homes answer. Look at the share answering before you read a change.",
    "No figure here says that one thing caused another.",
)
ERRORS = (
    "Tell the team that runs this copy of the dashboard. Give the page's address, the figure, what you expected "
    "and the snapshot's name, which stands below.",
    "A council's or a home's own answer is mended in the Capacity Tracker, by the home. Data quality lists who can "
    "mend what.",
    "A figure that is wrong in the publisher's file is mended by the publisher. We show it as published, with a note.",
)
ACCESSIBILITY = (
    "Aim: the Web Content Accessibility Guidelines 2.2, level AA.",
    "Checked by machine: axe-core, on each kind of page, wide and narrow, in light, dark and high-contrast colours.",
    "Tested by machine: journeys with the keyboard alone. Every chart has a description in words and a table.",
    "Not done yet: no person who uses a screen reader, magnifier or voice control has tested it. Expect faults that no "
    "machine finds, and report them as errors.",
    "Colours can be set to light, dark or high contrast at the foot of each page.",
)

"""AA's types: the codes of Meeting Guide, in the five groups that central-query sorts them into.

The order within a group is the order of the bits: append, never insert.
"""

AA: dict[str, str] = {
    "type": "O; C",
    "format": "11; 12x12; A; ABSI; B; BE; D; DR; GR; H; LIT; LS; MED; SP; ST; TR",
    "feature": "AL; AL-AN; ASL; BA; BRK; CAN; CF; DB; FF; OUT; POA; SM; TC; X; XB; XT;"
    " QSL:Quebec Sign Language|Lengua de señas de Quebec|Langue des signes québécoise;"
    " RSL:Russian Sign Language|Lengua de señas rusa|Langue des signes russe",
    "community": "BI; DD; G; L; LGBTQ; M; N; NB; NDG; P; POC; SEN; T; W; Y;"
    " BV-I:Blind / Visually Impaired|Ciegos o con baja visión|Aveugles ou malvoyants;"
    " D-HOH:Deaf / Hard of Hearing|Sordos o con pérdida auditiva|Sourds ou malentendants;"
    " LO-I:Loners / Isolationists|Solitarios|Solitaires",
}
"""{group: types}, in the notation of `notation.entries`; those with words are proposed for the list."""

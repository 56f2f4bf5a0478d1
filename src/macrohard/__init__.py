"""Macrohard: a software company made of AI that only says what it can prove.

The map, from the floor up (imports point down only):

    cli/       commands: parse, call one function, print
    company/   brief -> acceptance -> candidates -> choose -> assemble -> try out -> deliver
    answers/   what others say, held against what can be run or read; questions answered with quotations
    truth/     Claim, Evidence, Ledger, audit: what is said, and the proof of it
    models/    which mind answers: embedded, Grok and other OpenAI-compatible servers, Anthropic, scripted
    sandbox/   the only place where a line that a model wrote is ever run

Three protocols carry everything:

    models.Model.answer(questions)   -> answers      a mind; it proposes, it never decides
    sandbox.Sandbox.run(command)     -> Completed    walls around untrusted programs
    truth.Evidence.check(context)    -> Outcome      the host decides, by doing it again
"""

__version__ = "0.1.0"

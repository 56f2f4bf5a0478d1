"""Tasks of MBPP whose author's solution says nothing on inputs beyond the asserts, each with the reason.

Found by reading every task in which a function that passes the asserts does something else on some input than the author's, its text
against both; kept here so that anyone can read them again. Such a task keeps its asserts.
"""

from __future__ import annotations

DISTRUSTED = {
    24: "a binary number of other digits than 0 and 1",
    29: "what an array without such an element gives is not said",
    34: "what the second argument counts is not said, and it may count too little",
    50: "which of several shortest lists is not said",
    193: "the order is that of a Python set",
    211: "the formula holds for no larger number that the text speaks of",
    231: "the greedy sum is not the greatest",
    249: "whether what stands twice counts twice is not said",
    316: "arrays that are not sorted",
    336: "words that are no month",
    356: "angles of no triangle",
    374: "permutations of equal letters stand once, where the text says including duplicates",
    466: "which of several peaks is not said",
    526: "letters in the middle become small, which is not said",
    532: "strings that are no permutations are called so",
    540: "the last group is not counted",
    584: "words are found inside other words",
    665: "it moves the last element where the text says the first",
    670: "what rises is called a decreasing trend",
    683: "whether zero is a square is not said",
    823: "a third sentence that the text does not tell",
    852: "numbers behind a removed one are skipped",
    866: "words that are no month",
    891: "numbers of equal length are told apart",
    910: "which years there are is not said",
    939: "by which key is not said",
}
"""Number of the task -> why."""

"""Everything that can go wrong on purpose.

AssistantError                  shown to the person as one line; the command line exits with 2
├── UnreadableFile              a file of the corpus that could not be read; the build goes on without it
├── CorpusError                 a corpus folder with nothing in it that can be used, or front matter that is wrong
├── SettingsError               a setting that is unknown or cannot be
├── AnswerError                 an answer that a question of the interview does not admit
├── IndexUnusable               no index, or a stale or damaged one; the message says what to run
└── QuizError                   a quiz, a paper or an answer that cannot be as it was asked for
"""


class AssistantError(Exception):
    """A problem that a person can do something about; the message says what."""


class UnreadableFile(AssistantError):
    """A file that could not be read, with the reason."""


class CorpusError(AssistantError):
    """A corpus that cannot be used as it is."""


class SettingsError(AssistantError):
    """A setting that is unknown, or a value that cannot be."""


class AnswerError(AssistantError):
    """An answer that a question does not admit; the message says what to enter."""


class IndexUnusable(AssistantError):
    """The index is missing, stale or damaged; it has to be built again."""


class QuizError(AssistantError):
    """Something about a quiz that cannot be: an answer after the end, a list that cannot be read, a wrong edit."""

"""One place for settings: defaults < assistant.toml < environment (ASSISTANT_…) < command line."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from assistant.errors import SettingsError

PROJECT = Path(__file__).resolve().parents[1]
"""The folder that holds ``corpus/`` and ``indexes/`` when the project is used from its checkout."""


class Settings(BaseSettings):
    """Every setting with its default; paths are taken from the project's folder unless absolute."""

    model_config = SettingsConfigDict(env_prefix="ASSISTANT_", toml_file="assistant.toml", extra="forbid", frozen=True)

    corpus: tuple[Path, ...] = Field((PROJECT / "corpus",), description="folders of documents")
    index: Path = Field(PROJECT / "indexes" / "default", description="folder of the index")
    dictionary: Path = Field(PROJECT / "corpus" / "dictionary.txt", description="jieba terms: word, frequency, tag")
    synonyms: Path = Field(PROJECT / "corpus" / "synonyms.toml", description="how people speak, how documents speak")
    english: Path = Field(PROJECT / "corpus" / "english.toml", description="English words and their Chinese ones")
    dialect: Path = Field(PROJECT / "corpus" / "dialect.toml", description="dialect words and their Mandarin ones")
    questions: Path = Field(
        PROJECT / "training" / "questions", description="folder of questions, each with the article that answers it"
    )
    unanswered: Path = Field(
        PROJECT / "training" / "unanswered.jsonl", description="file of questions that the documents do not answer"
    )
    regions: Path = Field(PROJECT / "corpus" / "regions.toml", description="the home region and names of places")
    scope: Path = Field(PROJECT / "corpus" / "scope.toml", description="business of other offices, and who does it")
    schemes: Path = Field(PROJECT / "corpus" / "schemes", description="folder of the benefits as data")
    encoder: str = Field(
        default_factory=lambda: (
            "built-in" if (Path(__file__).parent / "search/model/modules.json").is_file() else "fitted"
        ),
        description="'built-in', 'fitted' on the corpus, or the folder or id of a sentence-transformers model",
    )
    encoder_question_prompt: str = Field(
        "", description="what a foreign encoder gets before a question; empty: its own"
    )
    encoder_passage_prompt: str = Field("", description="what a foreign encoder gets before a passage; empty: its own")
    encoder_dimensions: int | None = Field(None, ge=1, description="dimensions kept of a Matryoshka model; none: all")
    reranker: str = Field("built-in", description="'built-in', 'none', or the folder or id of a cross-encoder")
    top_k: int = Field(50, ge=1, le=1000, description="passages that the search hands to the answer")
    least_confidence: float = Field(
        0.16, ge=0, le=1, description="what evidence in words needs to answer a question; chosen on the dev cases"
    )
    as_of: date | None = Field(None, description="the day for which rules are looked up; none: today")
    host: str = "127.0.0.1"
    port: int = Field(7860, ge=0, le=65535)
    feedback: Path = Field(PROJECT / "data" / "feedback.sqlite3", description="where 👍 and 👎 are kept")
    quiz_database: str = Field(
        f"sqlite:///{PROJECT / 'data' / 'quiz.sqlite3'}",
        description="the database of quiz items, papers and sessions, as a SQLAlchemy address",
    )
    quiz_key: Path = Field(PROJECT / "data" / "trainer.key", description="the trainers' key, made on the first serve")

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource, dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:  # fmt: skip
        """Command line first, then the environment, then ``assistant.toml`` in the working folder."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load_settings(**overrides: Any) -> Settings:
    """The settings in force; ``None`` overrides nothing. Raises ``SettingsError`` naming the setting that is wrong."""
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})
    except ValidationError as error:
        problem = error.errors()[0]
        name = ".".join(map(str, problem["loc"]))
        raise SettingsError(f"设置 {name} 不对：{problem['msg']}。请改 assistant.toml、环境变量或命令行参数") from error
    except ValueError as error:
        raise SettingsError(f"读不懂 assistant.toml：{error}") from error

"""A voice of another language than the text is told, and nothing else is."""

from __future__ import annotations

import pytest

from app.api.making import Voice
from app.services.studio.voice_check import check_voice, guess_language

TEXTS = {
    "en": "Why does time run slower in your kitchen? It is a question that has an answer.",
    "fr": "Pourquoi le temps passe-t-il plus lentement dans votre cuisine ? C'est une question.",
    "de": "Warum vergeht die Zeit in deiner Küche langsamer? Das ist eine gute Frage, nicht wahr.",
    "es": "¿Por qué el tiempo pasa más lento en tu cocina? Es una pregunta que no es fácil.",
    "it": "Perché il tempo scorre più lento nella tua cucina? È una domanda che non è facile.",
    "pt": "Por que o tempo passa mais devagar na sua cozinha? É uma pergunta que não é fácil.",
    "nl": "Waarom gaat de tijd in je keuken langzamer? Dat is een vraag die niet zo simpel is.",
    "sv": "Varför går tiden långsammare i ditt kök? Det är en fråga som inte är så lätt.",
    "fi": "Miksi aika kulkee hitaammin keittiössä? Se on kysymys, joka ei ole niin helppo kuin.",
    "pl": "Dlaczego czas w kuchni płynie wolniej? To jest pytanie, na które nie ma i co z tym.",
    "cs": "Proč čas v kuchyni plyne pomaleji? To je otázka, která se na to ptá a jak je to.",
    "hu": "Miért telik az idő a konyhában lassabban? Ez egy kérdés, és nem csak az, hogy van.",
    "ro": "De ce trece timpul mai încet în bucătărie? Este o întrebare care nu este ușoară.",
    "tr": "Zaman mutfakta neden daha yavaş akar? Bu bir soru ve çok kolay değil ama için var.",
    "id": "Mengapa waktu di dapur berjalan lebih lambat? Itu adalah pertanyaan yang tidak mudah.",
    "vi": "Tại sao thời gian trong bếp của bạn trôi chậm hơn? Đó là một câu hỏi không dễ và có.",
    "ru": "Почему время на кухне идёт медленнее? Это вопрос, на который есть ответ, и он не из.",
    "uk": "Чому час на кухні йде повільніше? Це питання, на яке є відповідь, і вона не з тих.",
    "el": "Γιατί ο χρόνος περνά πιο αργά στην κουζίνα σου;",
    "he": "למה הזמן עובר לאט יותר במטבח שלך?",
    "ar": "لماذا يمر الوقت ببطء في مطبخك؟",
    "hi": "आपकी रसोई में समय धीमा क्यों चलता है?",
    "th": "ทำไมเวลาในครัวของคุณจึงเดินช้าลง",
    "ja": "なぜ台所では時間がゆっくり進むのか。",
    "ko": "왜 부엌에서는 시간이 느리게 갈까?",
    "zh": "为什么厨房里的时间走得更慢？",
}


@pytest.mark.parametrize("language", TEXTS)
def test_the_language_of_a_text_is_guessed(language: str) -> None:
    assert guess_language(TEXTS[language]) == language


@pytest.mark.parametrize(
    "text",
    ["", "1984", "Steve Jobs", "OK", "Paris, Berlin, Roma", "🎬🎬🎬", "a", "abc кухня 厨房"],
)
def test_what_is_not_clear_is_not_guessed(text: str) -> None:
    assert guess_language(text) == ""


def test_danish_and_norwegian_are_not_told_apart_lightly() -> None:
    assert guess_language("Det er en dag som er for oss.") == ""
    danish = "Hvad bliver der af tiden? Meget af det er efter deres hvor, og det blev."
    assert check_voice(danish, Voice("a", "Norsk", "no")) is None


@pytest.mark.parametrize(
    ("text", "voice"), [("en", "fr"), ("fr", "en"), ("ru", "en"), ("ja", "zh")]
)
def test_a_voice_of_another_language_is_a_problem(text: str, voice: str) -> None:
    problem = check_voice(TEXTS[text], Voice("x", "Somebody", voice))
    assert problem is not None
    assert problem.key == "errors.voice_language"
    assert problem.args_map == {"voice": "Somebody", "language": text}


@pytest.mark.parametrize("language", TEXTS)
def test_a_voice_of_the_same_language_and_one_of_any_are_fine(language: str) -> None:
    assert check_voice(TEXTS[language], Voice("x", "Somebody", language)) is None
    assert check_voice(TEXTS[language], Voice("x", "Somebody", "")) is None

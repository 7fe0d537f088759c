"""What tired parents really type: each search with all that must be understood of it.

Written before anybody looked how they are read. `=` and two ages are what is heard of age, `!` a
help card, `?` that no word of it is asked of a service as it stands.
"""

from __future__ import annotations

import pytest

from app.search.slots import Role
from app.search.words import understand
from tests.unit.search.test_words import PLACES

SAID = """
my 2 boys 6 and 9 both asd need holiday club | =6-9 need:autism break:holiday_club
nearly 5 starting reception not toilet trained | =5-5 access:personal_care ?
sixth form lad wants to learn to cook for himself | =16-18 activity:life_skills ?
drama for downs syndrome adult 19 | =19-19 activity:drama need:learning_disability ?
school refuser 14 in her room all day | =14-14 need:mental_health ?
work experience autistic 17 | =17-17 activity:life_skills need:autism ?
dd 9 asd | =9-9 need:autism ?
ds 12 adhd | =12-12 need:adhd ?
my lo is 2 | =2-2 ?
twins 7 | =7-7 ?
kids aged 5 8 and 12 all together | =5-12 activity:family_fun ?
age 10-14 | =10-14 ?
2 1/2 yr old | =2-2 ?
my 2.5 year old | =2-2 ?
key stage 2 | =7-11 ?
primary school age | =4-11 ?
im disabled 15 and bored what can i do | =15-15 activity:youth_social ?
pub quiz for young adults ld | =18-25 activity:youth_social need:learning_disability ?
does anyone no a good sitter for disabled child | break: !short_break ?
need a break from caring just a couple of hours a week | break: !short_break ?
how do i get respite | break: !short_break ?
tier 2 short breaks | break: !short_break
child minder with makaton | break: access:makaton ?
someone to come to our house | break:home_support ?
home visits | break:home_support ?
learning to get the bus on his own | activity:life_skills ?
somewhere with a fence so he cant run off | access:secure_site ?
staff who understand autism | access:autism_trained ?
epilepsy trained staff | need:complex_health ?
guide dog for child | access:assistance_dogs ?
easy parking | access:blue_badge ?
ear defenders ok | access:quiet_space ?
carers go free | cost:carer_free ?
30 hours free childcare disabled | cost:childcare_funding ?
less than 10 quid | cost:free ?
under £5 | cost:free ?
mon eves | when:evening ?
6 weeks hols | break:holiday_club ?
bank holiday | break:holiday_club ?
alternative provision | when:school_hours ?
rett syndrome | need:learning_disability ?
duchenne | need:physical_disability ?
i use a chair can i do sport | need:physical_disability activity:sport_multi ?
hydrocephalus shunt | need:complex_health ?
gluten free | need:complex_health ?
nut allergy | access:medicine ?
tourettes | need:any_send ?
PDA low demand group | need:autism ?
speech therapist private | need:communication !local_offer ?
my son no speak what help | need:communication ?
child no walk where go | need:physical_disability ?
english not first language | break:parent_support ?
kinship carer support | activity:carer_group ?
help for grandparents raising grandchildren with sen | activity:carer_group ?
chat with other mums | activity:carer_group ?
dungeons n dragons for teens | activity:gaming_tech ?
anime art club | activity:arts_crafts
lgbt youth group | activity:youth_social break:youth_club ?
yoga for kids anxious | activity:athletics_gym need:mental_health ?
animal therapy goats donkeys | activity:outdoor_nature ?
play therapy trauma | process:mental_health_support !mental_health_support ?
somewhere to play outside | activity:play_sessions
sibling died | process:mental_health_support !mental_health_support ?
dentist for special needs child | process:local_offer !local_offer ?
autism friendly haircuts | process:local_offer !local_offer ?
OT waiting list sensory diet | process:local_offer !local_offer ?
melatonin | !local_offer ?
he only eats beige food | !local_offer ?
taxi to school for special needs | !local_offer ?
do we qualify for blue badge | !local_offer ?
washing machine help disabled child | !benefits_check ?
i cant leave him alone for 5 mins | access:one_to_one ?
boy 10 loves trains and buses | =10-10 activity:libraries_museums ?
my child has been kicked out of nursery | process:reasonable_adjustments !reasonable_adjustments ?
school said he needs ed psych | !ehcp ?
friday club ld adults 22 | =22-22 need:learning_disability ?
grant for garden fence | !benefits_check ?
dla to pip at 16 | !pip ?
supported living | !transition_assessment ?
chc | !continuing_care ?
kto może zostać z dzieckiem wieczorem | break: when:evening !short_break ?
świeża diagnoza autyzm co dalej | break:parent_support need:autism ?
taksówka do szkoły | !local_offer ?
toaleta z przewijakiem dla dorosłych | access:changing_places ?
mamy dzieci z autyzmem spotkania przy kawie | activity:carer_group need:autism ?
im his nan what is there for us to do he dont talk | need:communication activity:family_fun ?
foster carer of 2 siblings 5 and 8 FASD and trauma | =5-8 need:any_send need:mental_health ?
somebody we can trust to stay the night | break: break:overnight_family !short_break ?
im 16 and want to meet people who like anime | =16-16 activity:youth_social activity:gaming_tech ?
hello i am from ukraine my son does not speak | need:communication ?
i not have money for club | cost:free ?
owt for a lass of 14 whos mad on horses | =14-14 activity:horse_riding ?
bairn wi sensory needs | access:sensory_room ?
our kid cant sit down for two mins needs to burn off energy | need:adhd ?
um so he has adhd needs somewhere that wont ring me after ten minutes | need:adhd ?
after 4pm clubs | break:after_school ?
tuesdays 6.30pm to 8pm | when:evening ?
up at 2am every night | break:overnight_family !social_care_assessment ?
is there a church that welcomes noisy disabled children | need:any_send ?
he loves water | activity:swimming ?
carries epipen allergic to nuts | access:medicine ?
ceiling track hoist and changing bed | access:hoist access:changing_places ?
lend a trike | activity:cycling ?
sister of autistic boy feels forgotten | process:sibling_support !sibling_support ?
can my other kids come along | access:siblings_welcome ?
pick up from home by minibus | access:minibus ?
how long is the wait for autism assessment | need:no_diagnosis !no_diagnosis_note ?
they wont diagnose him until hes 6 | =6-6 need:no_diagnosis ?
what is there after college for a lad of 23 | =23-23 !transition_assessment ?
coffin siris syndrome | need:learning_disability ?
leukodystrophy | need:complex_health ?
i work nights and need someone while i sleep | break: !short_break ?
twins are 3 and both non verbal | =3-3 need:communication ?
stays in bed all day 15 depressed | =15-15 need:mental_health ?
cant cope in big groups | access:small_group ?
wont wear shoes hates being touched | access:sensory_room ?
can his pa come in for nothing | cost:carer_free ?
gigs with my mates | activity:music activity:youth_social ?
getting her up and dressed | break:home_support ?
boxing day | when:christmas ?
laser quest | activity:trips_out ?
loves animals | activity:outdoor_nature ?
anime club | activity:gaming_tech ?
cant use the stairs | access:step_free ?
hates loud places | access:quiet_space ?
stay away weekend for disabled teens | =13-17 break:overnight_family need:any_send ?
help my son get out and about | break:enabling ?
we need a weekend to ourselves | break: !short_break ?
i have no help with two disabled kids | break: need:any_send !short_break ?
money towards swimming lessons | break:allowance activity:swimming ?
obsessed with computers and is 12 | =12-12 activity:gaming_tech ?
room to change a teenager | =13-17 access:changing_places ?
quiet shopping | access:relaxed_session ?
parking | access:blue_badge ?
profound and multiple | need:learning_disability ?
equality act | !sendiass ?
szachy | activity:gaming_tech ?
cukrzyca | need:complex_health ?
turnus rehabilitacyjny | break:whole_family ?
geocaching | activity:outdoor_nature ?
budgeting | activity:life_skills ?
potty training | access:personal_care ?
ataxia | need:physical_disability ?
smearing | need:behaviour ?
sib group | break:sibling_group ?
dad group autism | need:autism activity:carer_group ?
mountain biking | activity:cycling ?
railcard | !local_offer ?
bedroom tax | !benefits_check ?
power of attorney | !transition_assessment ?
pay as you go swimming | cost:pay_session activity:swimming ?
help paying for a club | cost:bursary ?
uses an ipad to talk | access:pecs_aac ?
my dorter is nonverbal | need:communication ?
my daughter is hearing autistic | need:autism ?
bright autistic lad sociable | need:autism ?
kolonie na wózkach | break:holiday_club need:physical_disability ?
nie mam z kim porozmawiać jestem tu sama z dzieckiem | break:parent_support ?
zespół retta | need:learning_disability ?
opieka sob | when:saturday ?
jestem babcią i opiekuję się wnuczką gdzie możemy pójść razem | activity:family_fun ?
nastolatek 15 lat siedzi w domu | =15-15 activity:youth_social ?
"""


@pytest.mark.parametrize("line", SAID.strip().splitlines())
def test_it_is_understood(line: str) -> None:
    text, _, rest = line.partition(" | ")
    read = understand(text, PLACES)
    codes = {f"{item.kind}:{item.code}" for item in read.understood}
    for told in rest.split():
        if told == "?":
            must = [slot.said for slot in read.slots if slot.role is Role.MUST]
            assert all(slot.codes for slot in read.slots if slot.role is Role.MUST), must
        elif told[0] == "!":
            assert told[1:] in read.help_cards
        elif told[0] == "=":
            assert read.ages is not None
            assert "{}-{}".format(*read.ages) == told[1:]
        else:
            assert told in codes


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("epilepsy trained staff", "access:public_transport"),
        ("play therapy", "activity:drama"),
        ("somewhere to play", "activity:drama"),
        ("free parking", "activity:outdoor_nature"),
        ("garden with a fence", "activity:sport_multi"),
        ("dog friendly walks", "activity:youth_social"),
        ("anime art club", "activity:outdoor_nature"),
        ("gluten free food", "cost:free"),
        ("bored at home", "break:home_support"),
        ("she took all her tablets", "access:siblings_welcome"),
        ("i cant leave him alone for 5 mins", "access:parent_leaves"),
        ("scared of dogs", "activity:outdoor_nature"),
        ("cant sit down", "need:learning_disability"),
        ("hi im looking for a club anxiety", "need:sensory"),
        ("pick up from home", "activity:online"),
        ("not even once", "when:evening"),
        ("try before we sign up", "access:bsl"),
        ("book online", "activity:online"),
        ("parking", "activity:outdoor_nature"),
        ("loves animals", "activity:gaming_tech"),
        ("firework free", "cost:free"),
        ("activities after school on wednesdays", "process:transition_assessment"),
        ("no waiting list", "need:no_diagnosis"),
        ("animation club", "activity:outdoor_nature"),
    ],
)
def test_a_word_of_the_same_stem_is_not_taken_for_another(text: str, wrong: str) -> None:
    read = understand(text, PLACES).understood
    assert wrong not in {f"{item.kind}:{item.code}" for item in read}

"""Words that are put around a name to make it look official, and names that claim an office.

They decide nothing by themselves: "Jo Staff" and "Ministry of Sound fan" are honest names. What is
left without them is compared with those who work here and with the departments.
"""

from consult.accounts.skeletons import skeleton


def _set(text: str) -> frozenset[str]:
    return frozenset(map(skeleton, text.split()))


# Forms of address that are hardly anybody's name: they go from the names of those who work here too.
TITLES = _set(
    """
    mr mrs ms miss mx mister missus madam mme mlle monsieur madame herr frau señor señora señorita sr
    sra srta dr doctor doc dra prof professor sir dame rev revd reverend hon honourable honorable
    cllr councillor councilor mp mep msp mla obe cbe mbe kbe dbe phd dphil frs kc qc esq esquire jr jnr snr
    """
)

# Such that are names as well, and so count only in front of a name or set apart behind it.
IN_FRONT = _set(
    """
    the lord lady baron baroness earl duke duchess count countess viscount prince princess king queen
    father sister brother bishop archbishop canon dean pastor imam rabbi judge justice major maj
    captain capt colonel col general gen sergeant sgt lieutenant lt marshal mayor mayoress alderman
    chief chancellor governor president senator speaker sheriff constable commander inspector master
    right rt brigadier admiral chair saint don doña
    """
)

# Who and what speaks for an office.
OFFICES = _set(
    """
    official officials officially officer office offices team teams staff account accounts profile page
    admin admins administrator administrators administration moderator moderators moderation mod mods
    department departments dept dpt ministry minister ministers ministerial government govt gov govuk
    director directorate secretary undersecretary secretariat commissioner commission ambassador
    spokesperson spokesman spokeswoman representative delegate deputy assistant acting permanent
    parliamentary council councils cabinet authority agency bureau division unit desk helpdesk support
    service services press media communications comms hq headquarters policy consultation consultations
    verified real genuine true authentic original actual authorised authorized approved certified
    confirmed trusted personal site website online chairman chairwoman chairperson convener head ceo
    executive manager lead principal senior vice interim shadow mod
    """
)

# Which of them turn a longer phrase beside a name into an office: "Minister for Parks".
POSTS = _set(
    """
    minister secretary undersecretary director deputy commissioner ambassador councillor cllr official
    officer moderator administrator spokesperson spokesman spokeswoman permanent
    """
)
# Which of them, beside what a department is about, are the department.
MARKS = _set("official department dept dpt ministry office team staff minister account verified")

NUMBERS = _set(
    """
    no nr num number two three four five six seven eight nine ten second third fourth 2nd 3rd 4th 1st
    first ii iii iv vi vii viii ix xi xii
    """
)
SMALL = _set(
    "of for at from by on behalf and in to this is here im new alt backup he him she her they them"
)

# Words with which somebody says that they are not the one.
DENIALS = _set("not no non former ex unlike fan friend friends against versus")

# Who keeps order here: whoever says so in front of a name, or apart from it, claims to be one.
ROLES = _set("moderator moderators administrator administrators sysadmin webmaster")

# Names that claim an office as they stand, whoever works here.
CLAIMS = frozenset(
    skeleton(name)
    for name in """
    admin,admins,administrator,administrators,administration,sysadmin,superuser,webmaster,postmaster,
    moderator,moderators,moderation,official,officials,department,departments,staff,ministry,
    ministries,minister,ministers,government,governments,gov,govuk,civil service,cabinet office,
    secretary of state,prime minister,policy team,consultation team,support team,official reply,
    official answer,official response,
    ministre,ministère,gouvernement,administrateur,modérateur,officiel,ministro,ministra,ministerio,
    gobierno,administrador,moderador,oficial,ministerium,regierung,behörde,verwaltung,
    llywodraeth,gweinidog,swyddogol,cymedrolwr,gweinyddwr
    """.split(",")
)
